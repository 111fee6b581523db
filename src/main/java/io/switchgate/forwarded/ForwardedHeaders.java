package io.switchgate.forwarded;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.netty.util.NetUtil;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the upstream where a request comes from. What a trusted hop says is continued;
 * what anybody else says is replaced by what the socket says.
 */
final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	private static final String PREFIX = "X-Forwarded-";

	private final TrustedHops trusted;

	ForwardedHeaders(TrustedHops trusted) {
		this.trusted = trusted;
	}

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
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = new HttpHeaders();
		input.forEach((name, values) -> {
			if (!isForwarded(name)) {
				headers.addAll(name, values);
			}
		});
		if (this.trusted.contains(request.getRemoteAddress())) {
			// The gateway's own filters have removed them from the input.
			request.getHeaders().forEach((name, values) -> {
				if (isForwarded(name)) {
					headers.addAll(name, values);
				}
			});
		}
		continueHeaders(headers, request);
		return headers;
	}

	private void continueHeaders(HttpHeaders headers, ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer != null && peer.getAddress() != null) {
			List<String> hops = new ArrayList<>(headers.getOrEmpty(TrustedHops.FORWARDED_FOR));
			hops.add(NetUtil.toAddressString(peer.getAddress()));
			// One line: many upstreams read only one.
			headers.set(TrustedHops.FORWARDED_FOR, String.join(", ", hops));
		}
		addIfAbsent(headers, "Proto", (request.getSslInfo() != null) ? "https" : "http");
		String host = request.getHeaders().getFirst(HttpHeaders.HOST);
		if (host != null) {
			addIfAbsent(headers, "Host", host);
		}
		InetSocketAddress gateway = request.getLocalAddress();
		if (gateway != null) {
			addIfAbsent(headers, "Port", String.valueOf(gateway.getPort()));
		}
	}

	private static void addIfAbsent(HttpHeaders headers, String suffix, String value) {
		if (!headers.containsHeader(PREFIX + suffix)) {
			headers.set(PREFIX + suffix, value);
		}
	}

	private static boolean isForwarded(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		return lowerCase.startsWith("x-forwarded-") || lowerCase.equals("forwarded");
	}

}
