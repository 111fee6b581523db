package io.switchgate.handshake;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import io.switchgate.forwarded.TrustedHops;
import io.switchgate.journal.HandshakeListener;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeTrace;
import io.switchgate.journal.Traces;

/**
 * Records every handshake, whether it finds a route or not, from its arrival to the
 * answer. Outermost: also the answers to errors have been given when a record is made.
 */
public final class HandshakeRecorder {

	/**
	 * A connection, or a stream of HTTP/2, has one request at a time.
	 */
	private static final AttributeKey<HandshakeTrace> TRACE = AttributeKey.valueOf(HandshakeRecorder.class, "trace");

	private final Traces traces;

	private final TrustedHops trusted;

	private final List<HandshakeListener> listeners;

	HandshakeRecorder(Traces traces, TrustedHops trusted, List<HandshakeListener> listeners) {
		this.traces = traces;
		this.trusted = trusted;
		this.listeners = listeners;
	}

	/**
	 * Returns the trace of a handshake.
	 * @param exchange exchange
	 * @return trace, or null if the request is no handshake
	 */
	public static @Nullable HandshakeTrace find(ServerWebExchange exchange) {
		return ClientExchange.channel(exchange.getRequest()).attr(TRACE).get();
	}

	static HandshakeTrace get(ServerWebExchange exchange) {
		return Objects.requireNonNull(find(exchange), "no handshake");
	}

	HttpHandler record(HttpHandler handler) {
		return (request, response) -> {
			if (!ClientExchange.upgradeRequest(request).isHandshake()) {
				return handler.handle(request, response);
			}
			Channel channel = ClientExchange.channel(request);
			HandshakeTrace trace = begin(request, channel);
			channel.attr(TRACE).set(trace);
			this.listeners.forEach(HandshakeListener::begun);
			return handler.handle(request, response).doFinally((signal) -> {
				channel.attr(TRACE).set(null);
				HandshakeRecord handshake = finish(trace, channel, response, signal);
				this.listeners.forEach((listener) -> listener.finished(handshake));
			});
		};
	}

	private HandshakeTrace begin(ServerHttpRequest request, Channel channel) {
		HttpServerRequest head = ClientExchange.nativeRequest(request);
		String address = Objects.requireNonNullElseGet(this.trusted.client(request), () -> peer(channel));
		boolean stream = ExtendedConnect.is(channel, head.requestHeaders());
		return this.traces.begin(address, channel,
				(stream ? "CONNECT" : head.method()) + " " + head.uri() + " " + head.version(),
				stream ? ExtendedConnect.request(head.requestHeaders()) : head.requestHeaders());
	}

	private static String peer(Channel channel) {
		return (channel.remoteAddress() instanceof InetSocketAddress address) ? address.getHostString() : "unknown";
	}

	private static HandshakeRecord finish(HandshakeTrace trace, Channel channel, ServerHttpResponse response,
			SignalType signal) {
		HttpServerResponse head = ClientExchange.nativeResponse(response);
		HttpStatusCode status = response.getStatusCode();
		if (signal != SignalType.ON_COMPLETE || !response.isCommitted() || status == null) {
			return trace.finish(HandshakeRecord.CLIENT_LEFT, null, head.responseHeaders());
		}
		if (channel instanceof Http2StreamChannel && HttpStatus.SWITCHING_PROTOCOLS.equals(status)) {
			return trace.finish(status.value(), head.version() + " " + HttpResponseStatus.OK,
					ExtendedConnect.answer(head.responseHeaders()));
		}
		return trace.finish(status.value(), head.version() + " " + head.status(), head.responseHeaders());
	}

}
