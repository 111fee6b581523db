package io.switchgate.routes;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.event.FilterArgsEvent;
import org.springframework.cloud.gateway.event.PredicateArgsEvent;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.AsyncPredicate;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.Configurable;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.HasRouteId;
import org.springframework.cloud.gateway.support.ShortcutConfigurable;
import org.springframework.context.ApplicationEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.journal.Redaction;
import io.switchgate.upstream.Authority;

/**
 * Builds routes, for requests and to see whether they work.
 */
public final class RouteFactories {

	private final ConfigurationService configuration;

	private final Map<String, GatewayFilterFactory<?>> filters;

	private final Map<String, RoutePredicateFactory<?>> predicates;

	private final Redaction redaction;

	RouteFactories(ConfigurationService configuration, List<GatewayFilterFactory<?>> filters,
			List<RoutePredicateFactory<?>> predicates, Redaction redaction) {
		this.configuration = configuration;
		this.redaction = redaction;
		this.filters = byName(filters, GatewayFilterFactory::name);
		this.predicates = byName(predicates, RoutePredicateFactory::name);
	}

	private static <T> Map<String, T> byName(List<T> factories, Function<T, String> name) {
		return factories.stream().collect(Collectors.toMap(name, Function.identity()));
	}

	/**
	 * Builds a route.
	 * @param definition what the configuration says of it
	 * @param id its name
	 * @param defaultFilters filters of every route
	 * @param serving whether requests are to take it: its weights and rates count then
	 * @throws RuntimeException if it cannot work
	 */
	public Route route(RouteDefinition definition, String id, List<FilterDefinition> defaultFilters, boolean serving) {
		List<GatewayFilter> filters = new ArrayList<>();
		addFilters(defaultFilters, id, serving, filters);
		addFilters(definition.getFilters(), id, serving, filters);
		AnnotationAwareOrderComparator.sort(filters);
		AsyncPredicate<ServerWebExchange> predicate = AsyncPredicate.from((exchange) -> true);
		for (PredicateDefinition part : definition.getPredicates()) {
			predicate = predicate.and(predicate(RouteElement.of(part, this.redaction), id, serving));
		}
		return new RouteBuilder().id(id)
			.uri(Objects.requireNonNull(definition.getUri(), "no uri"))
			.order(definition.getOrder())
			.metadata(definition.getMetadata())
			.asyncPredicate(predicate)
			.replaceFilters(filters)
			.build();
	}

	/**
	 * Their positions in the list are their orders, unless they have orders themselves.
	 */
	private void addFilters(List<FilterDefinition> definitions, String id, boolean serving,
			List<GatewayFilter> filters) {
		for (int i = 0; i < definitions.size(); i++) {
			GatewayFilter filter = filter(RouteElement.of(definitions.get(i), this.redaction), id, serving);
			filters.add((filter instanceof Ordered) ? filter : new OrderedGatewayFilter(filter, i + 1));
		}
	}

	/**
	 * Builds a filter to see whether it works.
	 * @throws IllegalArgumentException if it cannot work, with a sentence
	 */
	public GatewayFilter filter(RouteElement element, String route) {
		return filter(element, route, false);
	}

	private GatewayFilter filter(RouteElement element, String route, boolean serving) {
		GatewayFilterFactory<?> factory = find(element, this.filters);
		return attempt(element, () -> filter(factory, element, route, serving));
	}

	/**
	 * Builds a predicate to see whether it works.
	 * @throws IllegalArgumentException if it cannot work, with a sentence
	 */
	public void predicate(RouteElement element, String route) {
		predicate(element, route, false);
	}

	private AsyncPredicate<ServerWebExchange> predicate(RouteElement element, String route, boolean serving) {
		RoutePredicateFactory<?> factory = find(element, this.predicates);
		return attempt(element, () -> predicate(factory, element, route, serving));
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

	private <C> GatewayFilter filter(GatewayFilterFactory<C> factory, RouteElement element, String route,
			boolean serving) {
		if (factory.getConfigClass().isRecord()) {
			requireKnown(element, factory.getConfigClass(), factory.shortcutFieldOrder());
		}
		C config = bind(factory, element, serving ? (args) -> new FilterArgsEvent(this, route, args) : null);
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

	private <C> AsyncPredicate<ServerWebExchange> predicate(RoutePredicateFactory<C> factory, RouteElement element,
			String route, boolean serving) {
		return factory
			.applyAsync(bind(factory, element, serving ? (args) -> new PredicateArgsEvent(this, route, args) : null));
	}

	private <C, F extends Configurable<C> & ShortcutConfigurable> C bind(F factory, RouteElement element,
			@Nullable Function<Map<String, Object>, ApplicationEvent> event) {
		var builder = this.configuration.<C, F>with(factory).name(element.name()).properties(element.args());
		return ((event != null) ? builder.eventFunction((bound, args) -> event.apply(args)) : builder).bind();
	}

	/**
	 * Takes a target whose name has an underscore. For Spring Cloud Gateway 5.0
	 * (spring-cloud/spring-cloud-gateway#2763).
	 */
	private static final class RouteBuilder extends Route.AsyncBuilder {

		private static final Map<String, String> USUAL_PORTS = Map.of("http", "80", "https", "443");

		@Override
		public Route.AsyncBuilder uri(URI uri) {
			String port = USUAL_PORTS.get(uri.getScheme());
			Authority upstream = Authority.of(uri);
			this.uri = (port != null && upstream.port().isEmpty())
					? URI.create(uri.getScheme() + "://" + upstream.host() + ":" + port) : uri;
			return getThis();
		}

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
