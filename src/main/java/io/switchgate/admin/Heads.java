package io.switchgate.admin;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeRecord.Side;
import io.switchgate.journal.HeaderBlock;

/**
 * The four heads of a handshake, in the order in which they were sent.
 *
 * @param clientRequest what the client sent
 * @param upstreamRequest what the upstream got
 * @param upstreamAnswer what the upstream answered
 * @param clientAnswer what the client got
 */
record Heads(@Nullable HeaderBlock clientRequest, @Nullable HeaderBlock upstreamRequest,
		@Nullable HeaderBlock upstreamAnswer, @Nullable HeaderBlock clientAnswer) {

	static Heads of(HandshakeRecord handshake) {
		Side client = handshake.client();
		Side upstream = handshake.upstream();
		return new Heads(client.request(), (upstream != null) ? upstream.request() : null,
				(upstream != null) ? upstream.answer() : null, client.answer());
	}

	/**
	 * Returns the heads that exist.
	 */
	Stream<HeaderBlock> present() {
		return Stream.of(this.clientRequest, this.upstreamRequest, this.upstreamAnswer, this.clientAnswer)
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull);
	}

	static @Nullable String line(@Nullable HeaderBlock head) {
		return (head != null) ? head.line() : null;
	}

	/**
	 * Returns the values of a header, or null if the head does not have it.
	 */
	static @Nullable List<String> values(@Nullable HeaderBlock head, String name) {
		List<String> values = (head != null) ? head.values(name) : List.of();
		return values.isEmpty() ? null : values;
	}

}
