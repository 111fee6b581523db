package io.switchgate.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/**
 * Logs problems for the operator, at most one line per second for each type, so that an
 * attack cannot fill a disk.
 */
final class ProblemLog {

	private static final Logger logger = LoggerFactory.getLogger(ProblemLog.class);

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final URI NO_TYPE = URI.create("about:blank");

	private static final Set<HttpStatus> LIMITS = Set.of(HttpStatus.REQUEST_TIMEOUT, HttpStatus.URI_TOO_LONG,
			HttpStatus.TOO_MANY_REQUESTS, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);

	private static final Set<URI> OF_CONNECTIONS = Set.of(ProblemCause.TLS_EXPECTED.type(),
			ProblemCause.CLIENT_TLS_FAILED.type());

	private static final int MOST_FRAMES = 8;

	private final LongSupplier clock;

	/**
	 * Has at most one entry for each type of the catalogue, and one for all others.
	 */
	private final Map<URI, Repeated> types = new ConcurrentHashMap<>();

	ProblemLog(LongSupplier clock) {
		this.clock = clock;
	}

	void add(ErrorResponse problem) {
		HttpStatus status = HttpStatus.resolve(problem.getBody().getStatus());
		URI type = Objects.requireNonNullElse(problem.getBody().getType(), NO_TYPE);
		if (OF_CONNECTIONS.contains(type)
				|| (status != null && (status.is5xxServerError() || LIMITS.contains(status)))) {
			this.types.computeIfAbsent(type, (key) -> new Repeated()).add(problem);
		}
	}

	/**
	 * Describes where an unexpected error comes from, in one line and without its
	 * message.
	 */
	private static String words(ErrorResponse problem) {
		if (!(problem instanceof ProblemException failure) || failure.reason() != ProblemCause.GATEWAY_FAILED) {
			return String.valueOf(problem.getBody().getDetail());
		}
		Throwable cause = failure.getMostSpecificCause();
		return cause.getClass().getName() + Arrays.stream(cause.getStackTrace())
			.limit(MOST_FRAMES)
			.map((frame) -> " at " + frame)
			.collect(Collectors.joining());
	}

	/**
	 * Counts the problems of one type since the last line.
	 */
	private final class Repeated {

		private long suppressed;

		private long quietUntil = ProblemLog.this.clock.getAsLong();

		synchronized void add(ErrorResponse problem) {
			long now = ProblemLog.this.clock.getAsLong();
			if (now - this.quietUntil < 0) {
				this.suppressed++;
				return;
			}
			URI instance = problem.getBody().getInstance();
			String path = (instance != null) ? " " + instance : "";
			String more = (this.suppressed > 0) ? " (and " + this.suppressed + " more since the last line)" : "";
			logger.warn("{}{}: {}{}", problem.getBody().getStatus(), path, words(problem), more);
			this.suppressed = 0;
			this.quietUntil = now + PAUSE;
		}

	}

}
