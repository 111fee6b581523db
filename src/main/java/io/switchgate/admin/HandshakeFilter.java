package io.switchgate.admin;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.switchgate.doctor.Finding;
import io.switchgate.journal.HandshakeOutcome;

/**
 * Chooses handshakes. A field that is null matches all of them.
 *
 * @param outcome how they went
 * @param cause code of the cause
 * @param route route id
 * @param finding code of the finding
 */
record HandshakeFilter(@Nullable String outcome, @Nullable String cause, @Nullable String route,
		@Nullable String finding) {

	private static final List<String> OUTCOMES = Arrays.stream(HandshakeOutcome.values())
		.map(HandshakeOutcome::code)
		.toList();

	static HandshakeFilter of(@Nullable String outcome, @Nullable String cause, @Nullable String route,
			@Nullable String finding) {
		if (outcome != null && !OUTCOMES.contains(outcome)) {
			throw Parameters.invalid("outcome", outcome, String.join(", ", OUTCOMES));
		}
		if (finding != null && Arrays.stream(Finding.values()).noneMatch((known) -> known.code().equals(finding))) {
			throw Parameters.invalid("finding", finding, "a code of the catalogue, as in path-unknown");
		}
		return new HandshakeFilter(outcome, cause, route, finding);
	}

	boolean matches(HandshakeDescriptor handshake) {
		return Parameters.isOrAny(this.outcome, handshake.outcome())
				&& Parameters.isOrAny(this.cause, handshake.cause())
				&& Parameters.isOrAny(this.route, handshake.route())
				&& Parameters.isOrAny(this.finding, handshake.finding());
	}

}
