package io.switchgate.handshake;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Reaches through requests and responses to the client's connection.
 */
final class ClientExchange {

	private ClientExchange() {
	}

	static UpgradeRequest upgradeRequest(ServerHttpRequest request) {
		HttpServerRequest head = nativeRequest(request);
		return new UpgradeRequest(request.getMethod(), HttpVersion.HTTP_1_0.equals(head.version()),
				request.getHeaders(), new HttpHeaders(new Netty4HeadersAdapter(head.requestHeaders())));
	}

	static Channel channel(ServerHttpRequest request) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		nativeRequest(request).withConnection((connection) -> channel.set(connection.channel()));
		return Objects.requireNonNull(channel.get(), "no connection");
	}

	static HttpServerRequest nativeRequest(ServerHttpRequest request) {
		return ServerHttpRequestDecorator.getNativeRequest(request);
	}

	static HttpServerResponse nativeResponse(ServerHttpResponse response) {
		return ServerHttpResponseDecorator.getNativeResponse(response);
	}

}
