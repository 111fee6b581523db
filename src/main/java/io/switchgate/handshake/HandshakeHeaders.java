package io.switchgate.handshake;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import org.springframework.cloud.gateway.filter.headers.ForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCRequestHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCResponseHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter.Type;
import org.springframework.cloud.gateway.filter.headers.RemoveForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveXForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.XForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedRequestHttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.forwarded.ForwardedHeaders;
import io.switchgate.forwarded.HopHeaders;
import io.switchgate.upstream.Authority;
import io.switchgate.websocket.HeaderTokens;

/**
 * Builds the headers of a handshake for the upstream, and those of its answer for the
 * client.
 */
final class HandshakeHeaders {

	/**
	 * Filters that change nothing of a handshake, though most of them make a copy. A
	 * handshake is no gRPC request and has no body, and the gateway's own filter sets the
	 * forwarded headers after them.
	 */
	private static final Set<Class<?>> WITHOUT_EFFECT = Set.of(GRPCRequestHeadersFilter.class,
			GRPCResponseHeadersFilter.class, ForwardedHeadersFilter.class, RemoveForwardedHeadersFilter.class,
			XForwardedHeadersFilter.class, RemoveXForwardedHeadersFilter.class,
			TransferEncodingNormalizationHeadersFilter.class);

	/**
	 * Filters that pass a span on. Without spans they only time the upstream's answer,
	 * which the gateway does itself.
	 */
	private static final Set<Class<?>> OF_SPANS = Set.of(ObservedRequestHttpHeadersFilter.class,
			ObservedResponseHttpHeadersFilter.class);

	/**
	 * Names that {@link RemoveHopByHopHeadersFilter} removes.
	 */
	private final Set<String> hopByHop = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	/**
	 * All filters, or none if all of them are known here. Then one pass does their work;
	 * each filter would make a copy of its own.
	 */
	private final List<HttpHeadersFilter> filters;

	HandshakeHeaders(List<HttpHeadersFilter> filters, boolean spans) {
		List<HttpHeadersFilter> used = filters.stream()
			.filter((filter) -> !WITHOUT_EFFECT.contains(filter.getClass()))
			.filter((filter) -> spans || !OF_SPANS.contains(filter.getClass()))
			.toList();
		boolean known = used.stream()
			.map(Object::getClass)
			.toList()
			.equals(List.of(RemoveHopByHopHeadersFilter.class, ForwardedHeaders.class));
		this.filters = known ? List.of() : used;
		if (known) {
			this.hopByHop.addAll(((RemoveHopByHopHeadersFilter) used.get(0)).getHeaders());
		}
	}

	/**
	 * Returns the headers for the upstream.
	 */
	io.netty.handler.codec.http.HttpHeaders request(ServerWebExchange exchange, HandshakePolicy policy, URI url) {
		DefaultHttpHeaders headers = new DefaultHttpHeaders();
		headers.set(HttpHeaders.HOST, host(exchange, url));
		if (this.filters.isEmpty()) {
			forward(exchange.getRequest(), headers);
		}
		else {
			HttpHeadersFilter.filterRequest(this.filters, exchange).forEach((name, values) -> {
				if (!HttpHeaders.HOST.equalsIgnoreCase(name)) {
					headers.set(name, values);
				}
			});
		}
		if (policy.forwardUpgradeHeaders()) {
			headers.set(HttpHeaders.UPGRADE, "websocket");
			headers.set(HttpHeaders.CONNECTION, "Upgrade");
		}
		else if (HttpVersion.HTTP_1_0.equals(policy.upstreamHttpVersion().version())) {
			headers.set(HttpHeaders.CONNECTION, "close");
		}
		return headers;
	}

	/**
	 * Copies the headers that may go on. Forwarded headers stay even if
	 * {@code Connection} names them.
	 */
	private void forward(ServerHttpRequest request, DefaultHttpHeaders headers) {
		HeaderTokens named = HeaderTokens.of(request.getHeaders().getOrEmpty(HttpHeaders.CONNECTION));
		request.getHeaders().forEach((name, values) -> {
			boolean dropped = HttpHeaders.HOST.equalsIgnoreCase(name)
					|| (isHopByHop(name, named) && !HopHeaders.contains(name));
			if (!dropped) {
				headers.set(name, values);
			}
		});
		ForwardedHeaders.continueIn(new HttpHeaders(new Netty4HeadersAdapter(headers)), request);
	}

	private boolean isHopByHop(String name, HeaderTokens named) {
		return this.hopByHop.contains(name) || named.contains(name);
	}

	private static List<String> host(ServerWebExchange exchange, URI url) {
		if (exchange.getAttributeOrDefault(ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE, false)) {
			return exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST);
		}
		Authority upstream = Authority.of(url);
		boolean usualPort = upstream.port().isEmpty()
				|| upstream.port().equals(url.getScheme().equals("https") ? "443" : "80");
		return List.of(usualPort ? upstream.host() : upstream.host() + ":" + upstream.port());
	}

	/**
	 * Returns the headers for the client.
	 */
	io.netty.handler.codec.http.HttpHeaders answer(io.netty.handler.codec.http.HttpHeaders answer,
			ServerWebExchange exchange) {
		DefaultHttpHeaders headers = new DefaultHttpHeaders();
		if (this.filters.isEmpty()) {
			HeaderTokens named = HeaderTokens.of(answer.getAll(HttpHeaders.CONNECTION));
			answer.forEach((header) -> {
				if (!isHopByHop(header.getKey(), named)) {
					headers.add(header.getKey(), header.getValue());
				}
			});
		}
		else {
			HttpHeaders copy = HttpHeaders.copyOf(new Netty4HeadersAdapter(answer));
			HttpHeadersFilter.filter(this.filters, copy, exchange, Type.RESPONSE).forEach(headers::set);
		}
		return headers;
	}

}
