package io.switchgate.problem;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports problems: to the client as {@code application/problem+json} (RFC 9457), to the
 * operator as a line of the log, and to the meters.
 */
public final class Problems {

	private final JsonMapper mapper;

	private final ProblemListener listener;

	private final boolean showUpstream;

	private final ProblemLog log = new ProblemLog(System::nanoTime);

	/**
	 * Creates an instance.
	 * @param mapper writes bodies
	 * @param listener is told about every problem
	 * @param showUpstream whether clients are told the upstream and the route
	 */
	public Problems(JsonMapper mapper, ProblemListener listener, boolean showUpstream) {
		this.mapper = mapper;
		this.listener = listener;
		this.showUpstream = showUpstream;
	}

	/**
	 * Reports a problem to the operator and returns the body for the client. This never
	 * fails, because nobody would answer the client then.
	 * @param path raw path of the request without secrets, if it has one
	 * @param routed whether the request had a route; if so, a filter's text may name an
	 * upstream
	 * @return the body as JSON
	 */
	public byte[] body(ErrorResponse problem, @Nullable String path, boolean routed) {
		try {
			ProblemDetail body = problem.getBody();
			if (path != null) {
				body.setInstance(instance(path));
			}
			report(problem);
			return this.mapper.writeValueAsBytes(this.showUpstream ? body : shown(problem, routed));
		}
		catch (RuntimeException ex) {
			this.log.add(failure(ex));
			return ("{\"status\":" + problem.getStatusCode().value() + "}").getBytes(StandardCharsets.UTF_8);
		}
	}

	/**
	 * Turns an unexpected error into a problem. Its message stays out of the log, because
	 * it may quote the request.
	 * @param error error of the gateway or of a filter
	 */
	public static ProblemException failure(Throwable error) {
		return new ProblemException(ProblemCause.GATEWAY_FAILED, "See the log of the gateway", error);
	}

	/**
	 * Returns a path as a relative reference, or null if it is no URI. A path must not
	 * begin with two slashes, because they would begin the name of a host (RFC 3986,
	 * section 4.2).
	 */
	private static @Nullable URI instance(String path) {
		try {
			return new URI(path.startsWith("//") ? "/." + path : path);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * Returns the part of a problem that clients may see.
	 */
	private static ProblemDetail shown(ErrorResponse problem, boolean routed) {
		ProblemDetail body = problem.getBody();
		ProblemDetail shown = ProblemDetail.forStatus(body.getStatus());
		shown.setType(body.getType());
		shown.setTitle(body.getTitle());
		shown.setInstance(body.getInstance());
		if (body.getProperties() != null) {
			body.getProperties().forEach(shown::setProperty);
		}
		if (problem instanceof ProblemException own) {
			shown.setDetail(own.shownDetail());
		}
		else if (!routed || !problem.getStatusCode().is5xxServerError()) {
			shown.setDetail(body.getDetail());
		}
		return shown;
	}

	/**
	 * Reports a problem to the operator only.
	 */
	public void report(ErrorResponse problem) {
		this.log.add(problem);
		ProblemCause cause = (problem instanceof ProblemException own) ? own.reason() : null;
		this.listener.answered(cause, problem.getStatusCode());
	}

	/**
	 * Reports a problem to the operator and returns the last answer on a connection on
	 * which it is unknown where the next request begins.
	 * @return the answer as bytes of HTTP/1.1
	 */
	public ByteBuf lastAnswer(ProblemException problem) {
		byte[] body = body(problem, null, false);
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(problem.getHeaders());
		headers.set(HttpHeaders.CONNECTION, "close");
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(body.length);
		HttpStatus status = problem.reason().status();
		StringBuilder head = new StringBuilder("HTTP/1.1 " + status.value() + " " + status.getReasonPhrase() + "\r\n");
		headers.forEach((name, values) -> values
			.forEach((value) -> head.append(name).append(": ").append(value).append("\r\n")));
		head.append("\r\n");
		return Unpooled.wrappedBuffer(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
	}

}
