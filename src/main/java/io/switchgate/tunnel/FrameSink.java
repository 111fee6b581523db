package io.switchgate.tunnel;

import io.netty.buffer.ByteBuf;

import io.switchgate.websocket.FrameHeader;

/**
 * Decides what happens to the frames that a {@link FrameWatch} finds.
 */
interface FrameSink {

	/**
	 * Decides about a frame before a byte of it is passed on.
	 * @param length bytes of its payload, negative if the top bit of the length is set
	 * @return {@code false} to get a call of {@link #withheld()}
	 */
	boolean admits(FrameHeader header, long length);

	/**
	 * Decides about a complete control frame.
	 * @param in bytes that hold the frame
	 * @param payload index of its payload
	 * @return {@code false} to drop it and to get a call of {@link #withheld()}
	 */
	boolean forwards(FrameHeader header, ByteBuf in, int payload);

	/**
	 * Called after a frame was not admitted or forwarded, when everything before it has
	 * been passed on.
	 */
	void withheld();

	/**
	 * Called when a close frame has been passed on. Bytes after it are not examined.
	 */
	void closed();

	/**
	 * Takes bytes, in their order.
	 * @param bytes bytes, whose ownership this method takes
	 */
	void pass(ByteBuf bytes);

}
