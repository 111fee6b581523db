package io.switchgate.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.ClientExchange;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.forwarded.HopHeaders;
import io.switchgate.websocket.HeaderTokens;

/**
 * Removes hop-by-hop headers, and the headers that {@code Connection} names (RFC 9110,
 * section 7.6.1), before a predicate or a filter sees the request. Headers that a route's
 * filters set come later and stay.
 */
final class ConnectionHeaders implements WebFilter, Ordered {

	/**
	 * Options that name nothing, or what the last filter drops anyway.
	 */
	private static final Set<String> OPTIONS = Set.of("upgrade", "keep-alive", "close");

	/**
	 * The gateway itself reads them later, or the request would be another one without.
	 */
	private static final Set<String> KEPT = Set.of("connection", "upgrade", "host", "content-length",
			"transfer-encoding");

	/**
	 * Fields that Netty makes of HTTP/2, and no client says.
	 */
	private static final String OF_HTTP2 = "x-http2-";

	/**
	 * Hop-by-hop headers of each request.
	 */
	private final List<AsciiString> hopByHop;

	/**
	 * Creates a filter.
	 * @param hopByHop names of hop-by-hop headers in lower case
	 */
	ConnectionHeaders(Set<String> hopByHop) {
		this.hopByHop = hopByHop.stream()
			.filter(Predicate.not(KEPT::contains))
			.filter((name) -> !name.startsWith(OF_HTTP2))
			.map(AsciiString::cached)
			.toList();
	}

	/**
	 * Behind what untrusted hops say, which is gone then.
	 */
	@Override
	public int getOrder() {
		return FilterOrder.CONNECTION_HEADERS.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		// As they came: that is cheaper than Spring's view of them.
		HttpHeaders head = ClientExchange.nativeRequest(exchange.getRequest()).requestHeaders();
		List<String> options = HeaderTokens.of(head.getAll(HttpHeaderNames.CONNECTION)).names();
		boolean plain = OPTIONS.containsAll(options);
		List<CharSequence> dropped = new ArrayList<>(0);
		for (AsciiString name : this.hopByHop) {
			if (head.contains(name)) {
				dropped.add(name);
			}
		}
		if ((plain && dropped.isEmpty()) || isRefused(exchange, options)) {
			return chain.filter(exchange);
		}
		options.stream()
			.map(ConnectionHeaders::unquoted)
			.filter(Predicate.not(KEPT::contains))
			.filter(Predicate.not(HopHeaders::contains))
			.forEach(dropped::add);
		ServerHttpRequest forAll = exchange.getRequest().mutate().headers((headers) -> {
			dropped.forEach((name) -> headers.remove(name.toString()));
			if (!plain) {
				headers.remove(org.springframework.http.HttpHeaders.CONNECTION);
				options.stream()
					.filter(OPTIONS::contains)
					.forEach((option) -> headers.add(org.springframework.http.HttpHeaders.CONNECTION, option));
			}
		}).build();
		return chain.filter(exchange.mutate().request(forAll).build());
	}

	/**
	 * A handshake that names what the upstream must get is refused later, and has nothing
	 * dropped until then.
	 */
	private static boolean isRefused(ServerWebExchange exchange, List<String> options) {
		return Handshake.find(exchange) != null && options.stream().anyMatch(UpgradeRequest::isEndToEnd);
	}

	/**
	 * Quotes make no token, but whoever takes them off finds a name.
	 */
	private static String unquoted(String option) {
		return option.replace("\"", "");
	}

	/**
	 * Reactor asks for it with each request.
	 */
	@Override
	public String toString() {
		return "ConnectionHeaders";
	}

}
