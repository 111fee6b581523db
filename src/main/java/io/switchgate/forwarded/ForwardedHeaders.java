package io.switchgate.forwarded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.exchange.FilterOrder;
import io.switchgate.websocket.HeaderTokens;

/**
 * Tells the upstream where a request comes from. It continues the headers of a trusted
 * hop, or else uses the facts of the connection. {@link UntrustedHeaders} has already
 * dropped those of untrusted clients.
 */
public final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	private static final String PROTO = "X-Forwarded-Proto";

	private static final String HOST = "X-Forwarded-Host";

	private static final String PORT = "X-Forwarded-Port";

	/**
	 * Runs after hop-by-hop headers are removed, so that {@code Connection:
	 * X-Forwarded-For} cannot remove what this filter sets.
	 */
	@Override
	public int getOrder() {
		return FilterOrder.FORWARDED_HEADERS.value();
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = new HttpHeaders();
		input.forEach((name, values) -> {
			if (!HopHeaders.contains(name)) {
				headers.addAll(name, values);
			}
		});
		// Spring Cloud Gateway's filters have removed some of them from the input.
		request.getHeaders().forEach((name, values) -> {
			if (HopHeaders.contains(name)) {
				headers.put(name, new ArrayList<>(values));
			}
		});
		continueIn(headers, request);
		return headers;
	}

	/**
	 * Adds this gateway to the forwarded headers of a request to an upstream.
	 * @param headers headers, including all forwarded headers of the request
	 */
	public static void continueIn(HttpHeaders headers, ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer != null && peer.getAddress() != null) {
			continueLists(headers, request, peer.getAddress());
		}
		continueValues(headers, request);
	}

	/**
	 * Writes each list in one line, because many upstreams read only one.
	 */
	private static void continueLists(HttpHeaders headers, ServerHttpRequest request, InetAddress peer) {
		String address = NetUtil.toAddressString(peer);
		List<String> hops = headers.getOrEmpty(HopHeaders.FORWARDED_FOR);
		headers.set(HopHeaders.FORWARDED_FOR, hops.isEmpty() ? address : String.join(", ", hops) + ", " + address);
		if (!headers.containsHeader(HopHeaders.FORWARDED)) {
			return;
		}
		List<String> elements = new ArrayList<>(headers.getOrEmpty(HopHeaders.FORWARDED));
		if (!elements.stream().allMatch(ForwardedElement::areIn)) {
			// An open quote would swallow the element that is added.
			elements.clear();
		}
		elements.add(new ForwardedElement(peer, host(request), proto(request)).toString());
		headers.set(HopHeaders.FORWARDED, String.join(", ", elements));
	}

	private static void continueValues(HttpHeaders headers, ServerHttpRequest request) {
		// If a hop in front has set a scheme or a host, the gateway's own port does not
		// belong to it.
		boolean hopHasOwn = headers.containsHeader(PROTO) || headers.containsHeader(HOST);
		continueValue(headers, PROTO, proto(request));
		continueValue(headers, HOST, host(request));
		InetSocketAddress gateway = request.getLocalAddress();
		continueValue(headers, PORT, (gateway != null && !hopHasOwn) ? String.valueOf(gateway.getPort()) : null);
	}

	/**
	 * Keeps the last of several values, which is the hop's own. A hop that adds its
	 * value, instead of setting it, leaves the value of its client in front.
	 */
	private static void continueValue(HttpHeaders headers, String name, @Nullable String own) {
		List<String> said = HeaderTokens.of(headers.getOrEmpty(name)).values();
		if (!said.isEmpty()) {
			headers.set(name, said.get(said.size() - 1));
		}
		else if (own != null) {
			headers.set(name, own);
		}
	}

	private static String proto(ServerHttpRequest request) {
		return (request.getSslInfo() != null) ? "https" : "http";
	}

	private static @Nullable String host(ServerHttpRequest request) {
		return request.getHeaders().getFirst(HttpHeaders.HOST);
	}

}
