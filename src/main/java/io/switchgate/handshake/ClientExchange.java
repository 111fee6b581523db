package io.switchgate.handshake;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Reaches through an exchange to the client's connection.
 */
final class ClientExchange {

	private ClientExchange() {
	}

	static UpgradeRequest upgradeRequest(ServerWebExchange exchange) {
		boolean http10 = HttpVersion.HTTP_1_0.equals(request(exchange).version());
		return new UpgradeRequest(exchange.getRequest().getMethod(), http10, exchange.getRequest().getHeaders());
	}

	static Channel channel(ServerWebExchange exchange) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		request(exchange).withConnection((connection) -> channel.set(connection.channel()));
		return Objects.requireNonNull(channel.get(), "no connection");
	}

	static HttpServerResponse response(ServerWebExchange exchange) {
		return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
	}

	private static HttpServerRequest request(ServerWebExchange exchange) {
		return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
	}

}
