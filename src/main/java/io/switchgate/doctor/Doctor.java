package io.switchgate.doctor;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeRecord.Ending;
import io.switchgate.journal.HandshakeRecord.Side;

/**
 * Finds out from the heads of a handshake why it failed.
 */
public final class Doctor {

	/**
	 * The first rule that finds something decides, so the more certain rules come first.
	 */
	private static final List<Rule> RULES = List.of(ClientRules::ownCause, ClientRules::left, ClientRules::noRoute,
			ClientRules::refusedByFilter, NetworkRules::unreachable, NetworkRules::tls, NetworkRules::noAnswer,
			NetworkRules::headTooLarge, HopRules::notSent, NetworkRules::noHttp, SwitchRules::upgradeHeaders,
			SwitchRules::accept, SwitchRules::extension, SwitchRules::subprotocol, SwitchRules::invalid,
			SwitchRules::notChosen, EndingRules::early, SwitchRules::switched, HopRules::tlsPort, RefusalRules::version,
			RefusalRules::redirect, RefusalRules::credentials, RefusalRules::origin, RefusalRules::host,
			RefusalRules::forbidden, HopRules::libraryMissing, HopRules::dropped, RefusalRules::path,
			AnswerRules::method, AnswerRules::success, AnswerRules::overloaded, AnswerRules::hopFailed,
			AnswerRules::error, ClientRules::answeredByFilter);

	private Doctor() {
	}

	/**
	 * Examines a complete record.
	 * @param handshake handshake that is over
	 */
	public static Verdict diagnose(HandshakeRecord handshake) {
		return look(Case.of(handshake));
	}

	/**
	 * Examines one exchange of a request and its answer, from the view of the side that
	 * asked.
	 * @param cause code of the cause if there was no answer that counts
	 * @param ending how the tunnel ended, if it has
	 */
	public static Verdict examine(Side asked, @Nullable String cause, @Nullable Ending ending) {
		return examine(asked, cause, null, ending);
	}

	/**
	 * Examines one exchange, together with what the network reported about it.
	 * @param cause code of the cause if there was no answer that counts
	 * @param detail message of the error in that case
	 * @param ending how the tunnel ended, if it has
	 */
	public static Verdict examine(Side asked, @Nullable String cause, @Nullable String detail,
			@Nullable Ending ending) {
		Verdict verdict = look(Case.of(asked, cause, detail, ending));
		// A probe has no client, so drop evidence about a client.
		return verdict.without(Case.CLIENT);
	}

	private static Verdict look(Case handshake) {
		return RULES.stream()
			.map((rule) -> rule.look(handshake))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> unknown(handshake));
	}

	private static Verdict unknown(Case handshake) {
		return new Verdict(Finding.UNKNOWN, handshake.evidence(handshake.request().tell(), handshake.answer().tell()),
				"No rule fits what was recorded.", "The logs of all sides at this time; the probe, sent to each hop.");
	}

}
