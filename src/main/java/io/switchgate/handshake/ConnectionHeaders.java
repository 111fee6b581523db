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
 * section 7.6.1), before a predicate or a filter sees the request. A route's filters run
 * later, so the headers that they set stay.
 */
final class ConnectionHeaders implements WebFilter, Ordered {

	/**
	 * Options that name no header, or one that is dropped later anyway.
	 */
	private static final Set<String> OPTIONS = Set.of("upgrade", "keep-alive", "close");

	/**
	 * Headers that are not removed here, because the gateway reads them later or they
	 * define where the request goes and ends.
	 */
	private static final Set<String> KEPT = Set.of("connection", "upgrade", "host", "content-length",
			"transfer-encoding");

	/**
	 * Prefix of headers that Netty adds to HTTP/2 requests; no client sends them.
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
	 * Runs after the headers of untrusted hops are gone.
	 */
	@Override
	public int getOrder() {
		return FilterOrder.CONNECTION_HEADERS.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		// Read the native headers: that is cheaper than Spring's view of them.
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
	 * Returns whether the handshake will be refused because {@code Connection} names a
	 * header that the upstream must get. Nothing is dropped from it until then.
	 */
	private static boolean isRefused(ServerWebExchange exchange, List<String> options) {
		return Handshake.find(exchange) != null && options.stream().anyMatch(UpgradeRequest::isEndToEnd);
	}

	/**
	 * Removes quotes. A quoted name is no token, but somebody behind may take the quotes
	 * off and find a header's name.
	 */
	private static String unquoted(String option) {
		return option.replace("\"", "");
	}

	/**
	 * A constant, because Reactor calls this for each request.
	 */
	@Override
	public String toString() {
		return "ConnectionHeaders";
	}

}
