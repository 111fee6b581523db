package io.switchgate.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.GatewayProperties;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.transport.TooManyOpenFilesException;

/**
 * Turns an error of the network into a cause of the catalogue.
 */
public final class UpstreamFailure {

	/**
	 * The first type that matches decides, because most types are subclasses of a later
	 * one.
	 */
	private static final List<Map.Entry<Class<? extends Throwable>, ProblemCause>> CAUSES = List.of(
			// This timeout is the client's: no HTTP client of the gateway has a read
			// timeout.
			Map.entry(ReadTimeoutException.class, ProblemCause.BODY_TIMEOUT),
			Map.entry(PoolAcquireTimeoutException.class, ProblemCause.TOO_MANY_UPSTREAM_CONNECTIONS),
			Map.entry(TooManyOpenFilesException.class, ProblemCause.TOO_MANY_OPEN_FILES),
			Map.entry(ConnectTimeoutException.class, ProblemCause.UPSTREAM_CONNECT_TIMEOUT),
			Map.entry(SslHandshakeTimeoutException.class, ProblemCause.UPSTREAM_CONNECT_TIMEOUT),
			Map.entry(TimeoutException.class, ProblemCause.UPSTREAM_ANSWER_TIMEOUT),
			Map.entry(org.springframework.cloud.gateway.support.TimeoutException.class,
					ProblemCause.UPSTREAM_ANSWER_TIMEOUT),
			Map.entry(AnswerDeadline.StalledException.class, ProblemCause.UPSTREAM_STALLED),
			Map.entry(ConnectException.class, ProblemCause.UPSTREAM_REFUSED),
			Map.entry(UnknownHostException.class, ProblemCause.UPSTREAM_UNKNOWN),
			Map.entry(SSLException.class, ProblemCause.UPSTREAM_TLS_FAILED),
			Map.entry(TooLongFrameException.class, ProblemCause.UPSTREAM_HEAD_TOO_LARGE),
			Map.entry(Http2Exception.HeaderListSizeException.class, ProblemCause.UPSTREAM_HEAD_TOO_LARGE),
			Map.entry(DecoderException.class, ProblemCause.UPSTREAM_ANSWER_INVALID),
			Map.entry(AbortedException.class, ProblemCause.UPSTREAM_CLOSED),
			Map.entry(IOException.class, ProblemCause.UPSTREAM_CLOSED));

	/**
	 * Matches up to the end, because the quoted text may contain quotes.
	 */
	private static final Pattern QUOTATION = Pattern.compile("(?s)\\s*(?:(?<!\\(expected):|['\"\\[]).*");

	private static final String HTTP_CLIENT = GatewayProperties.PREFIX + ".httpclient.";

	private static final String HEAD_LIMIT = HTTP_CLIENT + "max-header-size";

	private static final String LINE_LIMIT = HTTP_CLIENT + "max-initial-line-length";

	private UpstreamFailure() {
	}

	/**
	 * Translates an error on the way to an upstream.
	 * @param error what went wrong
	 * @param where upstream and route, in words
	 * @return a problem of the catalogue, or the error itself if it is not the network's
	 */
	public static Throwable translate(Throwable error, String where) {
		Throwable unwrapped = Exceptions.unwrap(error);
		ProblemCause cause = causeOf(unwrapped);
		if (cause == null) {
			return unwrapped;
		}
		String detail = cause.title() + ": " + where;
		if (cause == ProblemCause.UPSTREAM_TLS_FAILED || cause == ProblemCause.UPSTREAM_ANSWER_INVALID) {
			detail += " (" + said(unwrapped) + ")";
		}
		if (cause == ProblemCause.UPSTREAM_HEAD_TOO_LARGE) {
			String property = (unwrapped instanceof TooLongHttpLineException) ? LINE_LIMIT : HEAD_LIMIT;
			detail += " (" + unwrapped.getMessage() + " Expected: at most " + property + ")";
		}
		return new ProblemException(cause, detail, cause.title(), unwrapped);
	}

	/**
	 * Returns the message of an error without the bytes of an upstream that it quotes,
	 * because they may contain a secret.
	 */
	private static String said(Throwable error) {
		if (error instanceof NotSslRecordException) {
			return "not an SSL/TLS record";
		}
		String message = String.valueOf(error.getMessage());
		return (error instanceof SSLException) ? message : QUOTATION.matcher(message).replaceFirst("");
	}

	private static @Nullable ProblemCause causeOf(Throwable error) {
		for (Map.Entry<Class<? extends Throwable>, ProblemCause> entry : CAUSES) {
			if (entry.getKey().isInstance(error)) {
				return entry.getValue();
			}
		}
		return null;
	}

}
