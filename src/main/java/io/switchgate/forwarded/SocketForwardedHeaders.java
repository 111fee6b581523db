package io.switchgate.forwarded;

import java.net.InetSocketAddress;
import java.util.Locale;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replaces what a request says about its origin by what the socket says.
 */
final class SocketForwardedHeaders implements HttpHeadersFilter, Ordered {

	/**
	 * After hop-by-hop headers are gone, so that {@code Connection: X-Forwarded-For}
	 * takes nothing away.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		HttpHeaders headers = new HttpHeaders();
		input.forEach((name, values) -> {
			if (!isForwarded(name)) {
				headers.addAll(name, values);
			}
		});
		ServerHttpRequest request = exchange.getRequest();
		InetSocketAddress client = request.getRemoteAddress();
		if (client != null && client.getAddress() != null) {
			headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
		}
		boolean tls = request.getSslInfo() != null;
		headers.set("X-Forwarded-Proto", tls ? "https" : "http");
		String host = request.getHeaders().getFirst(HttpHeaders.HOST);
		if (host != null) {
			headers.set("X-Forwarded-Host", host);
		}
		InetSocketAddress gateway = request.getLocalAddress();
		if (gateway != null) {
			headers.set("X-Forwarded-Port", String.valueOf(gateway.getPort()));
		}
		return headers;
	}

	private static boolean isForwarded(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		return lowerCase.startsWith("x-forwarded-") || lowerCase.equals("forwarded");
	}

}
