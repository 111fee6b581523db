package io.switchgate.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HeaderBlock;

/**
 * A header in the four heads of a handshake, and what happened to it on the way.
 *
 * @param name name as it came first
 * @param request what became of it on the way to the upstream
 * @param clientRequest values that the client sent
 * @param upstreamRequest values that the upstream got
 * @param answer what became of it on the way to the client
 * @param upstreamAnswer values that the upstream answered
 * @param clientAnswer values that the client got
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HeaderRow(String name, @Nullable String request, @Nullable List<String> clientRequest,
		@Nullable List<String> upstreamRequest, @Nullable String answer, @Nullable List<String> upstreamAnswer,
		@Nullable List<String> clientAnswer) {

	/**
	 * Returns a row for each name, in the order of the heads.
	 */
	static List<HeaderRow> of(HandshakeRecord handshake) {
		Heads heads = Heads.of(handshake);
		Map<String, String> names = new LinkedHashMap<>();
		heads.present()
			.flatMap((head) -> head.headers().stream())
			.forEach((header) -> names.putIfAbsent(header.name().toLowerCase(Locale.ROOT), header.name()));
		return names.values().stream().map((name) -> of(name, heads)).toList();
	}

	private static HeaderRow of(String name, Heads heads) {
		List<String> clientRequest = Heads.values(heads.clientRequest(), name);
		List<String> upstreamRequest = Heads.values(heads.upstreamRequest(), name);
		List<String> upstreamAnswer = Heads.values(heads.upstreamAnswer(), name);
		List<String> clientAnswer = Heads.values(heads.clientAnswer(), name);
		return new HeaderRow(name,
				areThere(heads.clientRequest(), heads.upstreamRequest()) ? mark(clientRequest, upstreamRequest) : null,
				clientRequest, upstreamRequest,
				areThere(heads.upstreamAnswer(), heads.clientAnswer()) ? mark(upstreamAnswer, clientAnswer) : null,
				upstreamAnswer, clientAnswer);
	}

	private static boolean areThere(@Nullable HeaderBlock from, @Nullable HeaderBlock to) {
		return from != null && to != null;
	}

	private static @Nullable String mark(@Nullable List<String> from, @Nullable List<String> to) {
		if (from == null) {
			return (to != null) ? "added" : null;
		}
		if (to == null) {
			return "removed";
		}
		return from.equals(to) ? "same" : "changed";
	}

}
