package io.switchgate.admin;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.switchgate.doctor.Doctor;
import io.switchgate.doctor.Finding;
import io.switchgate.journal.HandshakeRecord;

/**
 * A handshake in a list.
 *
 * @param id name in this process
 * @param time time of its arrival
 * @param route route id, if it had one
 * @param client address of the client
 * @param outcome how it went
 * @param status HTTP status that the client got
 * @param failure whether something went wrong, with the handshake or soon in its tunnel
 * @param cause code of the cause, if there is one
 * @param finding code of the finding
 * @param title finding as a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandshakeDescriptor(String id, Instant time, @Nullable String route, String client, String outcome,
		int status, boolean failure, @Nullable String cause, String finding, String title) {

	/**
	 * Describes a handshake.
	 */
	public static HandshakeDescriptor of(HandshakeRecord handshake) {
		HandshakeRecord.Result result = handshake.result();
		Finding finding = Doctor.diagnose(handshake).finding();
		return new HandshakeDescriptor(handshake.id(), handshake.begun(), result.route(), handshake.client().address(),
				result.outcome().code(), result.status(), handshake.isFailure(), result.cause(), finding.code(),
				finding.title());
	}

}
