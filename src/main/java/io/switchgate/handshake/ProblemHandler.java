package io.switchgate.handshake;

import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.ClientExchange;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.journal.Redaction;
import io.switchgate.problem.Problems;
import io.switchgate.upstream.UpstreamFailure;

/**
 * Answers every error of the gateway as {@code application/problem+json} (RFC 9457).
 * Network errors on the way to an upstream become 502 or 504, for plain requests and for
 * handshakes.
 */
final class ProblemHandler implements WebExceptionHandler, Ordered {

	private final Problems problems;

	private final Redaction redaction;

	ProblemHandler(Problems problems, Redaction redaction) {
		this.problems = problems;
		this.redaction = redaction;
	}

	/**
	 * Runs before Boot's own handler, which answers in another format.
	 */
	@Override
	public int getOrder() {
		return FilterOrder.PROBLEMS.value();
	}

	/**
	 * Catches its own errors. Spring would answer them, and write whole URIs into its
	 * log.
	 */
	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		try {
			return answer(exchange, error);
		}
		catch (RuntimeException ex) {
			return write(exchange, Problems.failure(ex), null);
		}
	}

	private Mono<Void> answer(ServerWebExchange exchange, Throwable error) {
		Handshake handshake = Handshake.find(exchange);
		boolean begun = exchange.getResponse().isCommitted();
		Throwable translated = UpstreamFailure.translate(error,
				begun ? "a plain request, whose answer had begun" : "a plain request");
		if (handshake != null) {
			handshake.failed(translated);
		}
		Channel client = ClientExchange.channel(exchange.getRequest());
		if (!client.isActive()) {
			// There is no client left to answer.
			return Mono.empty();
		}
		ErrorResponse problem = (translated instanceof ErrorResponse foreseen) ? foreseen
				: Problems.failure(translated);
		if (begun) {
			this.problems.report(problem);
			return cut(client);
		}
		if (translated instanceof UnsupportedMediaTypeStatusException ex) {
			problem.getBody().setDetail(expectedType(ex));
		}
		if (handshake != null) {
			problem.getBody().setProperty("handshake", handshake.id());
		}
		hideSecrets(problem.getBody());
		return write(exchange, problem, this.redaction.uri(exchange.getRequest().getURI().getRawPath()));
	}

	private Mono<Void> write(ServerWebExchange exchange, ErrorResponse problem, @Nullable String path) {
		boolean routed = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR) != null;
		byte[] body = this.problems.body(problem, path, routed);
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(problem.getStatusCode());
		HttpHeaders headers = response.getHeaders();
		headers.putAll(problem.getHeaders());
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(body.length);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		// The client may leave before the answer is written.
		return response.writeWith(Mono.just(buffer)).onErrorComplete();
	}

	/**
	 * Closes a connection or a stream in the middle of an answer, so that the client
	 * knows that the answer is incomplete. Spring would end a chunked answer as if it
	 * were complete.
	 */
	private static Mono<Void> cut(Channel client) {
		return Mono.create((sink) -> {
			client.closeFuture().addListener((closed) -> sink.success());
			client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		});
	}

	/**
	 * Hides secrets in the detail, into which Spring sometimes writes the path.
	 */
	private void hideSecrets(ProblemDetail body) {
		if (body.getDetail() != null) {
			body.setDetail(this.redaction.uri(body.getDetail()));
		}
	}

	/**
	 * Describes the header. Spring's own text does not say if it is missing.
	 */
	private static String expectedType(UnsupportedMediaTypeStatusException error) {
		return "Content-Type: " + Objects.requireNonNullElse(error.getContentType(), "absent") + " (expected: "
				+ MediaType.toString(error.getSupportedMediaTypes()) + ")";
	}

}
