package io.switchgate.exchange;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Finds the client's connection from a request or a response.
 */
public final class ClientExchange {

	private ClientExchange() {
	}

	/**
	 * Returns the channel of a request: a connection, or an HTTP/2 stream.
	 */
	public static Channel channel(ServerHttpRequest request) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		nativeRequest(request).withConnection((connection) -> channel.set(connection.channel()));
		return Objects.requireNonNull(channel.get(), "no connection");
	}

	public static HttpServerRequest nativeRequest(ServerHttpRequest request) {
		return ServerHttpRequestDecorator.getNativeRequest(request);
	}

	public static HttpServerResponse nativeResponse(ServerHttpResponse response) {
		return ServerHttpResponseDecorator.getNativeResponse(response);
	}

}
