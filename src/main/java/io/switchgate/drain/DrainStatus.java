package io.switchgate.drain;

import java.time.Instant;

/**
 * A drain as it was at one moment.
 *
 * @param request what it is to do
 * @param state state of the drain
 * @param started when it began
 * @param total how many tunnels it found, including those opened later
 * @param closed how many of them are closed
 * @param cut how many of them it had to cut at its end
 */
public record DrainStatus(DrainRequest request, DrainState state, Instant started, int total, int closed, int cut) {

	/**
	 * Returns how many tunnels this drain still has to close.
	 */
	public int remaining() {
		return this.total - this.closed;
	}

	/**
	 * Returns whether handshakes are refused because of this drain.
	 */
	public boolean isRefusing() {
		return this.state != DrainState.CANCELLED && this.request.scope().isRefusing();
	}

}
