package io.switchgate.handshake;

import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Route of the handshakes that the gateway sends to itself before it is ready. They run
 * the code of all handshakes, so that the JVM compiles it before the first client comes.
 * No filter of the application sees them, and no log, meter, journal or list of tunnels
 * shows them.
 */
public final class WarmUpRoute implements WebHandler {

	private final FilteringWebHandler filters;

	private volatile @Nullable Target target;

	WarmUpRoute(List<GlobalFilter> filters) {
		this.filters = new FilteringWebHandler(filters, true);
	}

	/**
	 * Opens the route.
	 * @param upstream where it leads
	 * @param clients addresses of the clients that may use it; more may be added later
	 */
	public void open(URI upstream, Set<SocketAddress> clients) {
		Route route = Route.async().id("warm-up").uri(upstream).predicate((exchange) -> true).build();
		this.target = new Target(route, clients);
	}

	/**
	 * Closes the route for good.
	 */
	public void close() {
		this.target = null;
	}

	/**
	 * Returns whether a client uses this route.
	 * @param client connection of the client, or stream
	 */
	boolean isFor(Channel client) {
		Target now = this.target;
		return now != null && now.clients()
			.contains(((client instanceof Http2StreamChannel) ? client.parent() : client).remoteAddress());
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		Target now = this.target;
		if (now == null) {
			return Mono.empty();
		}
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, now.route());
		return this.filters.handle(exchange);
	}

	/**
	 * Target of the route while it is open.
	 *
	 * @param route leads to the upstream
	 * @param clients addresses of its clients
	 */
	private record Target(Route route, Set<SocketAddress> clients) {

	}

}
