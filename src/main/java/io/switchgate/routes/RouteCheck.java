package io.switchgate.routes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.Configurable;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.HasRouteId;
import org.springframework.cloud.gateway.support.ShortcutConfigurable;
import org.springframework.util.StringUtils;

import io.switchgate.handshake.HandshakePolicy;
import io.switchgate.handshake.HandshakeTimeouts;

/**
 * Builds every predicate and filter of the configured routes once before the gateway
 * starts, so that a mistake stops the start with a sentence; then prints a line for each
 * route.
 */
final class RouteCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(RouteCheck.class);

	private static final Set<String> SCHEMES = new TreeSet<>(Set.of("http", "https", "ws", "wss", "lb", "forward"));

	private final GatewayProperties properties;

	private final ConfigurationService configuration;

	private final Map<String, GatewayFilterFactory<?>> filters;

	private final Map<String, RoutePredicateFactory<?>> predicates;

	RouteCheck(GatewayProperties properties, ConfigurationService configuration, List<GatewayFilterFactory<?>> filters,
			List<RoutePredicateFactory<?>> predicates) {
		this.properties = properties;
		this.configuration = configuration;
		this.filters = byName(filters, GatewayFilterFactory::name);
		this.predicates = byName(predicates, RoutePredicateFactory::name);
	}

	private static <T> Map<String, T> byName(List<T> factories, Function<T, String> name) {
		return factories.stream().collect(Collectors.toMap(name, Function.identity()));
	}

	@Override
	public void afterSingletonsInstantiated() {
		Set<String> ids = new HashSet<>();
		for (RouteDefinition route : this.properties.getRoutes()) {
			if (!StringUtils.hasText(route.getId())) {
				throw new InvalidRouteException("route to " + route.getUri() + ": no id (expected: a name of its own)");
			}
			if (!ids.add(String.valueOf(route.getId()))) {
				throw new InvalidRouteException("route " + route.getId() + ": id of two routes (expected: one)");
			}
			logger.info(check(route));
		}
	}

	private String check(RouteDefinition route) {
		String id = String.valueOf(route.getId());
		checkScheme(route, id);
		checkTimeouts(route, id);
		List<RouteElement> predicates = route.getPredicates().stream().map(RouteElement::of).toList();
		predicates.forEach((predicate) -> build(id, predicate, this.predicates));
		HandshakePolicy policy = HandshakePolicy.DEFAULT;
		List<RouteElement> others = new ArrayList<>();
		for (FilterDefinition definition : concat(this.properties.getDefaultFilters(), route.getFilters())) {
			RouteElement filter = RouteElement.of(definition);
			if (build(id, filter, this.filters) instanceof HandshakePolicy.Filter change) {
				policy = change.change().apply(policy);
			}
			else {
				others.add(filter);
			}
		}
		return "route " + id + ": " + join(predicates) + " -> " + route.getUri() + ", " + policy
				+ (others.isEmpty() ? "" : ", " + join(others));
	}

	private static List<FilterDefinition> concat(List<FilterDefinition> first, List<FilterDefinition> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private void checkScheme(RouteDefinition route, String id) {
		String scheme = (route.getUri() != null) ? route.getUri().getScheme() : null;
		if (scheme == null || !SCHEMES.contains(scheme)) {
			throw new InvalidRouteException("route " + id + ", uri " + route.getUri() + ": scheme " + scheme
					+ " (expected: one of " + String.join(", ", SCHEMES) + ")");
		}
	}

	private void checkTimeouts(RouteDefinition route, String id) {
		try {
			HandshakeTimeouts.of(route.getMetadata());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRouteException("route " + id + ", " + ex.getMessage(), ex);
		}
	}

	private Object build(String route, RouteElement element, Map<String, ?> factories) {
		Object factory = factories.get(element.name());
		if (factory == null) {
			throw element.unknown(route, String.join(", ", new TreeSet<>(factories.keySet())));
		}
		try {
			return (factory instanceof GatewayFilterFactory<?> filter) ? filter(filter, element, route)
					: predicate((RoutePredicateFactory<?>) factory, element);
		}
		catch (RuntimeException ex) {
			throw element.invalid(route, ex);
		}
	}

	private <C> GatewayFilter filter(GatewayFilterFactory<C> factory, RouteElement element, String route) {
		C config = bind(factory, element);
		if (config instanceof HasRouteId needsRoute) {
			needsRoute.setRouteId(route);
		}
		return factory.apply(config);
	}

	private <C> Object predicate(RoutePredicateFactory<C> factory, RouteElement element) {
		return factory.applyAsync(bind(factory, element));
	}

	private <C, F extends Configurable<C> & ShortcutConfigurable> C bind(F factory, RouteElement element) {
		return this.configuration.<C, F>with(factory).name(element.name()).properties(element.args()).bind();
	}

	private static String join(List<RouteElement> elements) {
		return elements.stream().map(RouteElement::toString).collect(Collectors.joining(", "));
	}

}
