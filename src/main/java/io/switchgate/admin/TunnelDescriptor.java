package io.switchgate.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

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

	private static final String HIDDEN = "(hidden)";

	private static final int LONGEST_SUBPROTOCOL = 31;

	private static final int LONGEST_EXTENSIONS = 200;

	/**
	 * Words with a short number at most, as in {@code graphql-transport-ws},
	 * {@code v12.stomp} or {@code v4.channel.k8s.io}. Some clients offer a token as a
	 * subprotocol, because browsers let them send nothing else, and some upstreams choose
	 * it.
	 */
	private static final Pattern SUBPROTOCOL = Pattern
		.compile("[A-Za-z]{0,14}[0-9]{0,4}[a-z]?([._-][A-Za-z]{0,14}[0-9]{0,4}[a-z]?)*");

	static TunnelDescriptor of(TunnelSnapshot tunnel) {
		TunnelTerms terms = tunnel.terms();
		CloseCause cause = tunnel.cause();
		return new TunnelDescriptor(tunnel.id(), terms.route(), terms.generation(), subprotocol(terms.subprotocol()),
				extensions(terms.extensions()), tunnel.opened(), Instant.now().minus(tunnel.idle()),
				(cause != null) ? cause.code() : null, End.of(terms.client(), tunnel.client()),
				End.of(terms.upstream(), tunnel.upstream()));
	}

	static @Nullable String subprotocol(@Nullable String value) {
		boolean shown = value == null
				|| (value.length() <= LONGEST_SUBPROTOCOL && SUBPROTOCOL.matcher(value).matches());
		return shown ? value : HIDDEN;
	}

	private static @Nullable String extensions(@Nullable String value) {
		return (value == null || value.length() <= LONGEST_EXTENSIONS) ? value : HIDDEN;
	}

	/**
	 * One end of it.
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
