package io.switchgate.journal;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.CloseCause;

/**
 * A handshake that is over.
 *
 * @param id name in this process, which its tunnel has as well
 * @param begun time of its arrival
 * @param result how it went
 * @param times how long its steps took
 * @param client exchange with the client
 * @param upstream exchange with the upstream, if a request was sent to it
 * @param ending how its tunnel ended, if it has
 */
public record HandshakeRecord(String id, Instant begun, Result result, Times times, Side client,
		@Nullable Side upstream, @Nullable Ending ending) {

	/**
	 * Status of a client that left before it got an answer, as in nginx.
	 */
	public static final int CLIENT_LEFT = 499;

	HandshakeRecord ended(Ending ending) {
		return new HandshakeRecord(this.id, this.begun, this.result, this.times, this.client, this.upstream, ending);
	}

	/**
	 * Returns whether the handshake failed or its tunnel ended at once.
	 */
	public boolean isFailure() {
		return (this.ending != null && this.ending.isEarly()) || this.result.outcome() != HandshakeOutcome.SWITCHED;
	}

	/**
	 * How a handshake went.
	 *
	 * @param route id of its route, or null if it had none
	 * @param outcome how it went
	 * @param status HTTP status that the client got, or {@link #CLIENT_LEFT}
	 * @param cause code of the cause, or null if neither the gateway nor the network was
	 * the reason
	 * @param detail cause in words, as the client was told
	 */
	public record Result(@Nullable String route, HandshakeOutcome outcome, int status, @Nullable String cause,
			@Nullable String detail) {

	}

	/**
	 * How long the steps took.
	 *
	 * @param route from the arrival to the dial, or null if none was
	 * @param dial from there to the connection, TLS included, or null if there was none
	 * @param answer from there to the upstream's answer, or null if there was none
	 * @param total from the arrival to the end
	 */
	public record Times(@Nullable Duration route, @Nullable Duration dial, @Nullable Duration answer, Duration total) {

	}

	/**
	 * The exchange with one end.
	 *
	 * @param address address of the client, as trusted hops tell it; scheme, host and
	 * port of the upstream
	 * @param connection facts of the connection, or null if there was none
	 * @param request what the client sent, or the upstream got
	 * @param answer what the upstream sent, or the client got
	 */
	public record Side(String address, @Nullable ConnectionFacts connection, @Nullable HeaderBlock request,
			@Nullable HeaderBlock answer) {

	}

	/**
	 * How the tunnel ended.
	 *
	 * @param cause close cause
	 * @param code close code
	 * @param lifetime time from the switch to the end
	 */
	public record Ending(CloseCause cause, int code, Duration lifetime) {

		private static final int NORMAL = 1000;

		private static final Duration EARLY = Duration.ofSeconds(1);

		/**
		 * Returns whether the tunnel ended so early, and not with a normal close, that
		 * something must have been wrong.
		 */
		public boolean isEarly() {
			return this.lifetime.compareTo(EARLY) <= 0 && this.code != NORMAL;
		}

	}

}
