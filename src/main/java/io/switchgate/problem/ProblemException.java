package io.switchgate.problem;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Ends an exchange with an answer of the gateway's own. Its cause is the error of the
 * network, so that {@code Retry} can match it.
 */
public final class ProblemException extends ErrorResponseException {

	private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

	/**
	 * Upper bound of a random time, so that clients that are told to retry do not all
	 * retry together.
	 */
	private static final int LONGEST_RETRY_AFTER_SECONDS = 10;

	private final transient ProblemCause reason;

	private final String shownDetail;

	/**
	 * Ends an exchange.
	 * @param reason entry of the catalogue
	 * @param detail what was found and what is expected
	 */
	public ProblemException(ProblemCause reason, String detail) {
		this(reason, detail, null);
	}

	/**
	 * Ends an exchange because of an error.
	 * @param reason entry of the catalogue
	 * @param detail what was found and what is expected
	 * @param cause error of the network
	 */
	public ProblemException(ProblemCause reason, String detail, @Nullable Throwable cause) {
		this(reason, detail, detail, cause);
	}

	/**
	 * Ends an exchange, and hides part of the detail from the client.
	 * @param reason entry of the catalogue
	 * @param detail what was found and what is expected, for the operator
	 * @param shownDetail the same for the client, without upstream and route
	 * @param cause error of the network, if there was one
	 */
	public ProblemException(ProblemCause reason, String detail, String shownDetail, @Nullable Throwable cause) {
		super(reason.status(), problem(reason, detail), cause);
		this.reason = reason;
		this.shownDetail = shownDetail;
		addHeaders(getHeaders());
	}

	private void addHeaders(HttpHeaders headers) {
		if (this.reason == ProblemCause.VERSION_UNSUPPORTED) {
			headers.set(SecWebSocketHeaders.VERSION, SecWebSocketHeaders.SUPPORTED_VERSION);
		}
		if (this.reason == ProblemCause.DRAINING) {
			// Makes the next attempt open a new connection, which may reach another
			// instance.
			headers.set(HttpHeaders.CONNECTION, "close");
		}
		switch (this.reason.status()) {
			case UPGRADE_REQUIRED -> {
				headers.set(HttpHeaders.UPGRADE, "websocket");
				headers.set(HttpHeaders.CONNECTION, "Upgrade");
			}
			case METHOD_NOT_ALLOWED -> headers.set(HttpHeaders.ALLOW, METHODS);
			case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> headers.set(HttpHeaders.RETRY_AFTER,
					String.valueOf(ThreadLocalRandom.current().nextInt(1, LONGEST_RETRY_AFTER_SECONDS + 1)));
			default -> {
				// Other statuses need no header.
			}
		}
	}

	private static ProblemDetail problem(ProblemCause reason, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(reason.status(), detail);
		problem.setType(reason.type());
		problem.setTitle(reason.title());
		if (reason.remedy() != null) {
			problem.setProperty("remedy", reason.remedy());
		}
		return problem;
	}

	/**
	 * Returns the entry of the catalogue.
	 */
	public ProblemCause reason() {
		return this.reason;
	}

	/**
	 * Returns the detail without upstream and route.
	 */
	String shownDetail() {
		return this.shownDetail;
	}

}
