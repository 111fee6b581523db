package io.switchgate.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.support.Configurable;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.HasRouteId;
import org.springframework.cloud.gateway.support.ShortcutConfigurable;

/**
 * Builds predicates and filters of routes, to see whether they work.
 */
final class RouteFactories {

	private final ConfigurationService configuration;

	private final Map<String, GatewayFilterFactory<?>> filters;

	private final Map<String, RoutePredicateFactory<?>> predicates;

	RouteFactories(ConfigurationService configuration, List<GatewayFilterFactory<?>> filters,
			List<RoutePredicateFactory<?>> predicates) {
		this.configuration = configuration;
		this.filters = byName(filters, GatewayFilterFactory::name);
		this.predicates = byName(predicates, RoutePredicateFactory::name);
	}

	private static <T> Map<String, T> byName(List<T> factories, Function<T, String> name) {
		return factories.stream().collect(Collectors.toMap(name, Function.identity()));
	}

	/**
	 * Builds a filter.
	 * @throws IllegalArgumentException if it cannot work, with a sentence
	 */
	GatewayFilter filter(RouteElement element, String route) {
		GatewayFilterFactory<?> factory = find(element, this.filters);
		return attempt(element, () -> filter(factory, element, route));
	}

	/**
	 * Builds a predicate.
	 * @throws IllegalArgumentException if it cannot work, with a sentence
	 */
	void predicate(RouteElement element) {
		RoutePredicateFactory<?> factory = find(element, this.predicates);
		attempt(element, () -> predicate(factory, element));
	}

	private static <F> F find(RouteElement element, Map<String, F> factories) {
		F factory = factories.get(element.name());
		if (factory == null) {
			throw new IllegalArgumentException(element.says("unknown " + element.kind() + " (expected: one of "
					+ String.join(", ", new TreeSet<>(factories.keySet())) + ")"));
		}
		return factory;
	}

	private static <T> T attempt(RouteElement element, Attempt<T> attempt) {
		try {
			return attempt.build();
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(element.says(Reason.of(ex)), ex);
		}
	}

	private <C> GatewayFilter filter(GatewayFilterFactory<C> factory, RouteElement element, String route) {
		if (factory.getConfigClass().isRecord()) {
			requireKnown(element, factory.getConfigClass(), factory.shortcutFieldOrder());
		}
		C config = bind(factory, element);
		if (config instanceof HasRouteId needsRoute) {
			needsRoute.setRouteId(route);
		}
		return factory.apply(config);
	}

	/**
	 * The binder takes no notice of a name that it does not know.
	 */
	private static void requireKnown(RouteElement element, Class<?> config, List<String> shortcuts) {
		List<String> named = new ArrayList<>(element.args().keySet());
		named.removeIf(RouteElement::isGenerated);
		for (String name : named) {
			if (RecordNames.find(config, name).isEmpty()) {
				throw new IllegalArgumentException(
						"argument " + name + " (expected: one of " + RecordNames.list(config) + ")");
			}
		}
		if (element.args().size() - named.size() > shortcuts.size()) {
			throw new IllegalArgumentException("argument without a name (expected: "
					+ (shortcuts.isEmpty() ? "none" : shortcuts.size() + " at most") + ")");
		}
	}

	private <C> Object predicate(RoutePredicateFactory<C> factory, RouteElement element) {
		return factory.applyAsync(bind(factory, element));
	}

	private <C, F extends Configurable<C> & ShortcutConfigurable> C bind(F factory, RouteElement element) {
		return this.configuration.<C, F>with(factory).name(element.name()).properties(element.args()).bind();
	}

	/**
	 * Building that may fail in any way.
	 *
	 * @param <T> type of what is built
	 */
	private interface Attempt<T> {

		T build();

	}

}
