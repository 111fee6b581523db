package io.switchgate.handshake;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * Turns what the network said into a cause of the catalogue.
 */
final class UpstreamFailure {

	/**
	 * The first type that fits decides: most are subclasses of a later one.
	 */
	private static final List<Map.Entry<Class<? extends Throwable>, HandshakeCause>> CAUSES = List.of(
			Map.entry(ConnectTimeoutException.class, HandshakeCause.UPSTREAM_CONNECT_TIMEOUT),
			Map.entry(SslHandshakeTimeoutException.class, HandshakeCause.UPSTREAM_CONNECT_TIMEOUT),
			Map.entry(TimeoutException.class, HandshakeCause.UPSTREAM_ANSWER_TIMEOUT),
			Map.entry(ConnectException.class, HandshakeCause.UPSTREAM_REFUSED),
			Map.entry(UnknownHostException.class, HandshakeCause.UPSTREAM_UNKNOWN),
			Map.entry(SSLException.class, HandshakeCause.UPSTREAM_TLS_FAILED),
			Map.entry(DecoderException.class, HandshakeCause.UPSTREAM_ANSWER_INVALID),
			Map.entry(IOException.class, HandshakeCause.UPSTREAM_CLOSED));

	private UpstreamFailure() {
	}

	/**
	 * Translates an error of the way to an upstream.
	 * @param error what went wrong
	 * @param where upstream and route, in words
	 * @return the same as a handshake's end, or the error itself if it is none of the
	 * network's
	 */
	static Throwable translate(Throwable error, String where) {
		Throwable unwrapped = Exceptions.unwrap(error);
		HandshakeCause cause = causeOf(unwrapped);
		if (cause == null) {
			return unwrapped;
		}
		String detail = cause.title() + ": " + where;
		if (cause == HandshakeCause.UPSTREAM_TLS_FAILED || cause == HandshakeCause.UPSTREAM_ANSWER_INVALID) {
			detail += " (" + unwrapped.getMessage() + ")";
		}
		return new HandshakeException(cause, detail, unwrapped);
	}

	private static @Nullable HandshakeCause causeOf(Throwable error) {
		for (Map.Entry<Class<? extends Throwable>, HandshakeCause> entry : CAUSES) {
			if (entry.getKey().isInstance(error)) {
				return entry.getValue();
			}
		}
		return null;
	}

}
