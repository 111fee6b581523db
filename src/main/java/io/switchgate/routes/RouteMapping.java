package io.switchgate.routes;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

/**
 * Finds the route of a request as Spring Cloud Gateway does, which is the first one whose
 * predicates match. It asks only the routes that an index does not rule out, so a
 * thousand routes cost a request no more than a few. Routes that are ruled out leave
 * nothing on the exchange, not even variables of predicates.
 */
final class RouteMapping extends RoutePredicateHandlerMapping implements ApplicationListener<RefreshRoutesResultEvent> {

	/**
	 * Property with a prefix of every path pattern.
	 */
	private static final String BASE_PATH = "spring.webflux.base-path";

	/**
	 * Property that makes host patterns match the port as well.
	 */
	private static final String HOST_WITH_PORT = GatewayProperties.PREFIX + ".predicate.host.include-port";

	private final RouteLocator locator;

	private final boolean byPath;

	private final boolean byHost;

	private volatile Mono<RouteIndex> index;

	RouteMapping(FilteringWebHandler handler, RouteLocator locator, GlobalCorsProperties cors,
			Environment environment) {
		super(handler, locator, cors, environment);
		this.locator = locator;
		this.byPath = !StringUtils.hasText(environment.getProperty(BASE_PATH));
		this.byHost = environment.getProperty(HOST_WITH_PORT, Boolean.class, true);
		this.index = index();
	}

	/**
	 * Built by the first request that needs it, and then cached.
	 */
	private Mono<RouteIndex> index() {
		return this.locator.getRoutes()
			.collectList()
			.map((routes) -> new RouteIndex(routes, this.byPath, this.byHost))
			.cache();
	}

	/**
	 * Drops the index, because the routes have changed.
	 */
	@Override
	public void onApplicationEvent(RefreshRoutesResultEvent event) {
		this.index = index();
	}

	@Override
	protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
		return this.index.flatMap((routes) -> first(routes.candidates(exchange).iterator(), exchange));
	}

	/**
	 * Asks one route after the other. Most predicates know their answer at once, so no
	 * operator has to wait for it.
	 */
	private Mono<Route> first(Iterator<Route> candidates, ServerWebExchange exchange) {
		while (candidates.hasNext()) {
			Route route = candidates.next();
			Publisher<Boolean> matches = matches(route, exchange);
			if (!(matches instanceof Fuseable.ScalarCallable<?> known)) {
				return Mono.from(matches)
					.filter(Boolean::booleanValue)
					.map((matched) -> route)
					.switchIfEmpty(Mono.defer(() -> first(candidates, exchange)));
			}
			if (Boolean.TRUE.equals(valueOf(known))) {
				return Mono.just(route);
			}
		}
		return Mono.empty();
	}

	private static @Nullable Object valueOf(Fuseable.ScalarCallable<?> known) {
		try {
			return known.call();
		}
		catch (Exception ex) {
			throw Exceptions.propagate(ex);
		}
	}

	private Publisher<Boolean> matches(Route route, ServerWebExchange exchange) {
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_PREDICATE_ROUTE_ATTR, route.getId());
		try {
			return route.getPredicate().apply(exchange);
		}
		catch (RuntimeException ex) {
			this.logger.error("Predicates of route " + route.getId() + " failed", ex);
			return Mono.just(false);
		}
	}

}
