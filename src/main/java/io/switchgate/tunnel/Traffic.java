package io.switchgate.tunnel;

/**
 * Counts what one direction of a tunnel carries. It is called on the tunnel's event loop
 * for each frame, so it must be cheap.
 */
public interface Traffic {

	/**
	 * Counts a frame: a data frame when it begins, a control frame when it is complete.
	 * @param opcode kind of frame, 0 to 15
	 */
	void frame(int opcode);

	/**
	 * Counts a message when its last frame begins.
	 * @param bytes payload of all its frames, negative if unknown
	 */
	void message(long bytes);

	/**
	 * Counts a batch of bytes that was passed to the other end.
	 */
	void batch(long bytes);

}
