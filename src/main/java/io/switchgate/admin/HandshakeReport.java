package io.switchgate.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.switchgate.doctor.Verdict;
import io.switchgate.journal.ConnectionFacts;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeRecord.Side;

/**
 * All that is known of a handshake.
 *
 * @param id name in this process, which its tunnel has as well
 * @param time time of its arrival
 * @param result how it went
 * @param times how long its steps took
 * @param client connection of the client
 * @param upstream connection to the upstream, if it was asked
 * @param ending how its tunnel ended, if it has
 * @param verdict what the doctor says
 * @param lines request lines and status lines
 * @param headers headers of the four heads, side by side
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HandshakeReport(String id, Instant time, Result result, Times times, End client, @Nullable End upstream,
		@Nullable Ending ending, Diagnosis verdict, Lines lines, List<HeaderRow> headers) {

	static HandshakeReport of(HandshakeRecord handshake, Verdict verdict) {
		HandshakeRecord.Ending ending = handshake.ending();
		return new HandshakeReport(handshake.id(), handshake.begun(), Result.of(handshake.result()),
				Times.of(handshake.times()), End.of(handshake.client()),
				(handshake.upstream() != null) ? End.of(handshake.upstream()) : null,
				(ending != null) ? Ending.of(ending) : null, Diagnosis.of(verdict), Lines.of(handshake),
				HeaderRow.of(handshake));
	}

	private static @Nullable Double millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toNanos() / 1e6 : null;
	}

	/**
	 * How it went.
	 *
	 * @param route route id, if it had one
	 * @param outcome how it went
	 * @param status HTTP status that the client got
	 * @param cause code of the cause, if there is one
	 * @param detail cause in words
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Result(@Nullable String route, String outcome, int status, @Nullable String cause, @Nullable String detail) {

		static Result of(HandshakeRecord.Result result) {
			return new Result(result.route(), result.outcome().code(), result.status(), result.cause(),
					result.detail());
		}

	}

	/**
	 * How long the steps took.
	 *
	 * @param routeMillis from the arrival to the dial
	 * @param dialMillis from there to the connection, TLS included
	 * @param answerMillis from there to the upstream's answer
	 * @param totalMillis from the arrival to the end
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Times(@Nullable Double routeMillis, @Nullable Double dialMillis, @Nullable Double answerMillis,
			@Nullable Double totalMillis) {

		static Times of(HandshakeRecord.Times times) {
			return new Times(millis(times.route()), millis(times.dial()), millis(times.answer()),
					millis(times.total()));
		}

	}

	/**
	 * One end of the handshake.
	 *
	 * @param address address of the client; scheme, host and port of the upstream
	 * @param local address of the gateway, if there was a connection
	 * @param remote address of the other side
	 * @param tls facts of TLS, if it was used
	 * @param stream number of the stream, if the connection speaks HTTP/2
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record End(String address, @Nullable String local, @Nullable String remote, @Nullable Tls tls,
			@Nullable Integer stream) {

		static End of(Side side) {
			ConnectionFacts facts = side.connection();
			if (facts == null) {
				return new End(side.address(), null, null, null, null);
			}
			return new End(side.address(), facts.local(), facts.remote(),
					(facts.tls() != null) ? Tls.of(facts.tls()) : null, facts.stream());
		}

	}

	/**
	 * Facts of TLS.
	 *
	 * @param version version, as in {@code TLSv1.3}
	 * @param cipher cipher suite
	 * @param applicationProtocol what ALPN settled, if it did
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Tls(String version, String cipher, @Nullable String applicationProtocol) {

		static Tls of(ConnectionFacts.Tls facts) {
			return new Tls(facts.version(), facts.cipher(), facts.applicationProtocol());
		}

	}

	/**
	 * How the tunnel ended.
	 *
	 * @param cause code of the close cause
	 * @param code close code
	 * @param lifetimeMillis time from the switch to the end
	 */
	record Ending(String cause, int code, long lifetimeMillis) {

		static Ending of(HandshakeRecord.Ending ending) {
			return new Ending(ending.cause().code(), ending.code(), ending.lifetime().toMillis());
		}

	}

	/**
	 * What the doctor says.
	 *
	 * @param finding code of the finding
	 * @param title finding as a sentence
	 * @param evidence facts that led to the finding
	 * @param explanation what they mean
	 * @param remedy what to set, and where
	 */
	record Diagnosis(String finding, String title, List<String> evidence, String explanation, String remedy) {

		static Diagnosis of(Verdict verdict) {
			return new Diagnosis(verdict.finding().code(), verdict.finding().title(), verdict.evidence(),
					verdict.explanation(), verdict.remedy());
		}

	}

	/**
	 * First lines of the four heads.
	 *
	 * @param clientRequest what the client sent
	 * @param upstreamRequest what the upstream got
	 * @param upstreamAnswer what the upstream answered
	 * @param clientAnswer what the client got
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Lines(@Nullable String clientRequest, @Nullable String upstreamRequest, @Nullable String upstreamAnswer,
			@Nullable String clientAnswer) {

		static Lines of(HandshakeRecord handshake) {
			Heads heads = Heads.of(handshake);
			return new Lines(Heads.line(heads.clientRequest()), Heads.line(heads.upstreamRequest()),
					Heads.line(heads.upstreamAnswer()), Heads.line(heads.clientAnswer()));
		}

	}

}
