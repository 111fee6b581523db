package io.switchgate.tunnel;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A tunnel as it was at one moment.
 *
 * @param id name of the tunnel in this process
 * @param terms what its handshake has settled
 * @param opened time of the switch
 * @param idle time since the last byte that either end sent
 * @param cause why it ends, or null as long as it does not
 * @param client what the client sent, and what waits for it
 * @param upstream what the upstream sent, and what waits for it
 */
public record TunnelSnapshot(String id, TunnelTerms terms, Instant opened, Duration idle, @Nullable CloseCause cause,
		End client, End upstream) {

	/**
	 * One end of the tunnel.
	 *
	 * @param messages messages that it sent
	 * @param bytes bytes that it sent
	 * @param buffered bytes that wait in the gateway for it
	 * @param roundTrip time that its last pong took, or null if it was never pinged
	 */
	public record End(long messages, long bytes, long buffered, @Nullable Duration roundTrip) {

	}

}
