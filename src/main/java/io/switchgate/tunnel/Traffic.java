package io.switchgate.tunnel;

/**
 * Counts what one direction of a tunnel carries. Called on the tunnel's event loop for
 * each frame, so it must be cheap.
 */
public interface Traffic {

	/**
	 * A frame has begun, or was there in full.
	 * @param opcode kind of frame, 0 to 15
	 */
	void frame(int opcode);

	/**
	 * The last frame of a message has begun.
	 * @param bytes payload of all its frames, negative if nobody knows
	 */
	void message(long bytes);

	/**
	 * A batch of bytes was read and handed to the other end.
	 */
	void batch(long bytes);

}
