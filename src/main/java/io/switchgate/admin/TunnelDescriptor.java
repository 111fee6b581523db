package io.switchgate.admin;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.Redaction;
import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.TunnelSnapshot;
import io.switchgate.tunnel.TunnelTerms;

/**
 * A tunnel as operators see it.
 *
 * @param id name in this process
 * @param route route id
 * @param generation how often the routes had been changed when it was opened
 * @param subprotocol subprotocol, unless it may be a secret
 * @param extensions extensions
 * @param opened time of the switch
 * @param lastActivity time of the last byte
 * @param ending code of the cause why it ends, if it does
 * @param client client
 * @param upstream upstream
 */
record TunnelDescriptor(String id, String route, int generation, @Nullable String subprotocol,
		@Nullable String extensions, Instant opened, Instant lastActivity, @Nullable String ending, End client,
		End upstream) {

	private static final int LONGEST_EXTENSIONS = 200;

	static TunnelDescriptor of(TunnelSnapshot tunnel) {
		TunnelTerms terms = tunnel.terms();
		CloseCause cause = tunnel.cause();
		return new TunnelDescriptor(tunnel.id(), terms.route(), terms.generation(), terms.subprotocol(),
				extensions(terms.extensions()), tunnel.opened(), Instant.now().minus(tunnel.idle()),
				(cause != null) ? cause.code() : null, End.of(terms.client(), tunnel.client()),
				End.of(terms.upstream(), tunnel.upstream()));
	}

	private static @Nullable String extensions(@Nullable String value) {
		return (value == null || value.length() <= LONGEST_EXTENSIONS) ? value : Redaction.HIDDEN;
	}

	/**
	 * One end of the tunnel.
	 *
	 * @param address address of the client; scheme, host and port of the upstream
	 * @param messages messages that it sent
	 * @param bytes bytes that it sent
	 * @param buffered bytes that wait for it in the gateway
	 * @param roundTripMillis time that its last pong took, if there was one
	 */
	record End(String address, long messages, long bytes, long buffered, @Nullable Double roundTripMillis) {

		static End of(String address, TunnelSnapshot.End end) {
			Duration roundTrip = end.roundTrip();
			return new End(address, end.messages(), end.bytes(), end.buffered(),
					(roundTrip != null) ? roundTrip.toNanos() / 1e6 : null);
		}

	}

}
