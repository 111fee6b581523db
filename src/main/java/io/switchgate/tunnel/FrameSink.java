package io.switchgate.tunnel;

import io.netty.buffer.ByteBuf;

import io.switchgate.websocket.FrameHeader;

/**
 * Decides what becomes of the frames that a {@link FrameWatch} finds.
 */
interface FrameSink {

	/**
	 * Decides on a frame before a byte of it goes on.
	 * @param length bytes of its payload, negative if the top bit of the length is set
	 * @return {@code false} to be called back by {@link #withheld()}
	 */
	boolean admits(FrameHeader header, long length);

	/**
	 * Decides on a control frame that is there in full.
	 * @param in bytes that hold the frame
	 * @param payload index of its payload
	 * @return {@code false} to swallow it and to be called back by {@link #withheld()}
	 */
	boolean forwards(FrameHeader header, ByteBuf in, int payload);

	/**
	 * Called after a decision against a frame, when everything before it went on.
	 */
	void withheld();

	/**
	 * Called when a close frame went on. What comes after it is passed unseen.
	 */
	void closed();

	/**
	 * Takes bytes, in order.
	 * @param bytes bytes, which are given away
	 */
	void pass(ByteBuf bytes);

}
