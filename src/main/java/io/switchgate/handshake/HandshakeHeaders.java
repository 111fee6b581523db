package io.switchgate.handshake;

import java.net.URI;
import java.util.List;
import java.util.Set;

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
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Headers of a handshake on their way to the upstream, and those of its answer on their
 * way back.
 */
final class HandshakeHeaders {

	/**
	 * Filters that change nothing of a handshake, most at the price of a copy: it is no
	 * gRPC and has no body, and the gateway's own filter has the last word on forwarded
	 * headers.
	 */
	private static final Set<Class<?>> WITHOUT_EFFECT = Set.of(GRPCRequestHeadersFilter.class,
			GRPCResponseHeadersFilter.class, ForwardedHeadersFilter.class, RemoveForwardedHeadersFilter.class,
			XForwardedHeadersFilter.class, RemoveXForwardedHeadersFilter.class,
			TransferEncodingNormalizationHeadersFilter.class);

	/**
	 * Names to remove from a copy that is here already, where the filter that does so
	 * would come first and make another one.
	 */
	private final Set<String> hopByHop;

	private final List<HttpHeadersFilter> filters;

	HandshakeHeaders(List<HttpHeadersFilter> filters) {
		List<HttpHeadersFilter> used = filters.stream()
			.filter((filter) -> !WITHOUT_EFFECT.contains(filter.getClass()))
			.toList();
		boolean first = !used.isEmpty() && used.get(0).getClass() == RemoveHopByHopHeadersFilter.class;
		this.hopByHop = first ? ((RemoveHopByHopHeadersFilter) used.get(0)).getHeaders() : Set.of();
		this.filters = first ? used.subList(1, used.size()) : used;
	}

	/**
	 * Returns what the upstream gets.
	 */
	io.netty.handler.codec.http.HttpHeaders request(ServerWebExchange exchange, HandshakePolicy policy, URI url) {
		HttpHeaders filtered = filter(HttpHeaders.copyOf(exchange.getRequest().getHeaders()), exchange, Type.REQUEST);
		filtered.remove(HttpHeaders.HOST);
		DefaultHttpHeaders headers = new DefaultHttpHeaders();
		headers.set(HttpHeaders.HOST, host(exchange, url));
		filtered.forEach(headers::add);
		if (policy.forwardUpgradeHeaders()) {
			headers.set(HttpHeaders.UPGRADE, "websocket");
			headers.set(HttpHeaders.CONNECTION, "Upgrade");
		}
		else if (HttpVersion.HTTP_1_0.equals(policy.upstreamHttpVersion().version())) {
			headers.set(HttpHeaders.CONNECTION, "close");
		}
		return headers;
	}

	private static List<String> host(ServerWebExchange exchange, URI url) {
		if (exchange.getAttributeOrDefault(ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE, false)) {
			return exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST);
		}
		boolean defaultPort = url.getPort() == -1 || url.getPort() == (url.getScheme().equals("https") ? 443 : 80);
		return List.of(defaultPort ? url.getHost() : url.getRawAuthority());
	}

	/**
	 * Returns what the client gets of an answer.
	 */
	HttpHeaders answer(io.netty.handler.codec.http.HttpHeaders answer, ServerWebExchange exchange) {
		return filter(HttpHeaders.copyOf(new Netty4HeadersAdapter(answer)), exchange, Type.RESPONSE);
	}

	private HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange, Type type) {
		if (!this.hopByHop.isEmpty()) {
			headers.getConnection().forEach(headers::remove);
			this.hopByHop.forEach(headers::remove);
		}
		return HttpHeadersFilter.filter(this.filters, headers, exchange, type);
	}

}
