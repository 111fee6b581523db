package io.switchgate.problem;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Writes what an operator must know into the log, once a second at most for each type of
 * problem: an attack must not fill a disk.
 */
final class ProblemLog {

	private static final Logger logger = LoggerFactory.getLogger(ProblemLog.class);

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final URI NO_TYPE = URI.create("about:blank");

	private static final Set<HttpStatus> LIMITS = Set.of(HttpStatus.REQUEST_TIMEOUT, HttpStatus.URI_TOO_LONG,
			HttpStatus.TOO_MANY_REQUESTS, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);

	private final LongSupplier clock;

	/**
	 * As many as there are types: those of the catalogue, and one for none.
	 */
	private final Map<URI, Repeated> types = new ConcurrentHashMap<>();

	ProblemLog(LongSupplier clock) {
		this.clock = clock;
	}

	void add(ProblemDetail problem) {
		HttpStatus status = HttpStatus.resolve(problem.getStatus());
		if (status != null && (status.is5xxServerError() || LIMITS.contains(status))) {
			URI type = Objects.requireNonNullElse(problem.getType(), NO_TYPE);
			this.types.computeIfAbsent(type, (key) -> new Repeated()).add(problem);
		}
	}

	/**
	 * Problems of one type since the last line.
	 */
	private final class Repeated {

		private long suppressed;

		private long quietUntil = ProblemLog.this.clock.getAsLong();

		synchronized void add(ProblemDetail problem) {
			long now = ProblemLog.this.clock.getAsLong();
			if (now - this.quietUntil < 0) {
				this.suppressed++;
				return;
			}
			String path = (problem.getInstance() != null) ? " " + problem.getInstance() : "";
			String more = (this.suppressed > 0) ? " (and " + this.suppressed + " more since the last line)" : "";
			logger.warn("{}{}: {}{}", problem.getStatus(), path, problem.getDetail(), more);
			this.suppressed = 0;
			this.quietUntil = now + PAUSE;
		}

	}

}
