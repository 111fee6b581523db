package io.switchgate.doctor;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;

/**
 * Finds out from the four heads of a handshake why it failed.
 */
public final class Doctor {

	private Doctor() {
	}

	/**
	 * Examines a whole record.
	 * @param handshake handshake that is over
	 * @return verdict
	 */
	public static Verdict diagnose(HandshakeRecord handshake) {
		return new Verdict(Finding.UNKNOWN, List.of(handshake.id()), "", "");
	}

	/**
	 * Examines one exchange of a request and its answer, as the side sees it that asked.
	 * @param asked side that was asked
	 * @param cause code of the cause if there was no answer, or none that counts
	 * @param ending how the tunnel ended, if it has
	 * @return verdict
	 */
	public static Verdict examine(HandshakeRecord.Side asked, @Nullable String cause,
			HandshakeRecord.@Nullable Ending ending) {
		return examine(asked, cause, null, ending);
	}

	/**
	 * Examines one exchange, and what the network said about it.
	 * @param asked side that was asked
	 * @param cause code of the cause if there was no answer, or none that counts
	 * @param detail message of the error in that case
	 * @param ending how the tunnel ended, if it has
	 * @return verdict
	 */
	public static Verdict examine(HandshakeRecord.Side asked, @Nullable String cause, @Nullable String detail,
			HandshakeRecord.@Nullable Ending ending) {
		return new Verdict(Finding.UNKNOWN, List.of(asked.address() + cause + detail + ending), "", "");
	}

}
