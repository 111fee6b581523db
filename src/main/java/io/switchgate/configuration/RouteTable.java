package io.switchgate.configuration;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.cloud.gateway.event.RouteDeletedEvent;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

import io.switchgate.routes.Reason;
import io.switchgate.routes.RouteGeneration;

/**
 * The routes that requests use, and how often they were changed. Not thread-safe: only
 * one reload runs at a time.
 */
final class RouteTable implements ApplicationListener<RefreshRoutesResultEvent> {

	private final GatewayProperties live;

	private final ApplicationEventPublisher publisher;

	/**
	 * The routes as configured, without generations.
	 */
	private Map<String, RouteDefinition> routes;

	private Map<String, Integer> generations = Map.of();

	private int generation;

	private volatile @Nullable RefreshRoutesResultEvent refreshed;

	RouteTable(GatewayProperties live, ApplicationEventPublisher publisher) {
		this.live = live;
		this.publisher = publisher;
		this.routes = enabled(live);
	}

	/**
	 * Leaves out disabled routes, because a disabled route works like a missing one.
	 */
	private static Map<String, RouteDefinition> enabled(GatewayProperties properties) {
		return properties.getRoutes()
			.stream()
			.filter(RouteDefinition::isEnabled)
			.collect(Collectors.toMap((route) -> String.valueOf(route.getId()), Function.identity(),
					(first, second) -> first, LinkedHashMap::new));
	}

	int generation() {
		return this.generation;
	}

	Map<String, RouteDefinition> routes() {
		return this.routes;
	}

	/**
	 * Replaces the routes. A request finds either all old routes or all new ones, because
	 * Spring Cloud Gateway builds the new ones before it drops the old ones.
	 * @param next routes and default filters without errors
	 * @return what has changed
	 * @throws InvalidConfigurationException if the new routes could not be built;
	 * requests then keep using the old ones
	 */
	RouteChanges replace(GatewayProperties next) {
		Map<String, RouteDefinition> before = this.routes;
		Map<String, RouteDefinition> after = enabled(next);
		boolean sameDefaults = this.live.getDefaultFilters().equals(next.getDefaultFilters());
		if (sameDefaults && List.copyOf(before.values()).equals(List.copyOf(after.values()))) {
			return RouteChanges.none();
		}
		List<String> changed = after.keySet()
			.stream()
			.filter(before::containsKey)
			.filter((id) -> !sameDefaults || !Objects.equals(after.get(id), before.get(id)))
			.toList();
		List<String> added = after.keySet().stream().filter((id) -> !before.containsKey(id)).toList();
		List<String> removed = before.keySet().stream().filter((id) -> !after.containsKey(id)).toList();
		Map<String, Integer> generationsBefore = this.generations;
		List<FilterDefinition> filtersBefore = this.live.getDefaultFilters();
		this.generation++;
		this.generations = new HashMap<>(generationsBefore);
		Stream.of(changed, added).flatMap(List::stream).forEach((id) -> this.generations.put(id, this.generation));
		removed.forEach(this.generations::remove);
		List<String> old = Stream.of(removed, changed).flatMap(List::stream).toList();
		String flaw = serve(after, next.getDefaultFilters(), old);
		if (flaw != null) {
			this.generations = generationsBefore;
			serve(before, filtersBefore, Stream.of(added, changed).flatMap(List::stream).toList());
			throw new InvalidConfigurationException(
					List.of(new ConfigurationError(null, "routes not built, the old ones serve: " + flaw)));
		}
		return new RouteChanges(changed, added, removed, isReordered(before, after), List.of());
	}

	/**
	 * Compares the order of routes, because it decides which route a request uses.
	 */
	private static boolean isReordered(Map<String, RouteDefinition> before, Map<String, RouteDefinition> after) {
		return !before.keySet()
			.stream()
			.filter(after::containsKey)
			.toList()
			.equals(after.keySet().stream().filter(before::containsKey).toList());
	}

	/**
	 * Lets Spring Cloud Gateway build routes. Publishing the event waits for its
	 * listeners, so the result is known afterwards.
	 * @return why requests do not use them, or null if they do
	 */
	private @Nullable String serve(Map<String, RouteDefinition> routes, List<FilterDefinition> defaultFilters,
			List<String> old) {
		this.routes = routes;
		this.live.setDefaultFilters(defaultFilters);
		this.live.setRoutes(routes.values().stream().map(this::withGeneration).toList());
		old.forEach(this::forgetWeight);
		try {
			this.refreshed = null;
			this.publisher.publishEvent(new RefreshRoutesEvent(this));
		}
		catch (RuntimeException ex) {
			return Reason.sentence(ex);
		}
		RefreshRoutesResultEvent result = this.refreshed;
		if (result == null) {
			return "nobody has built them";
		}
		return (result.getThrowable() != null) ? Reason.sentence(result.getThrowable()) : null;
	}

	@Override
	public void onApplicationEvent(RefreshRoutesResultEvent event) {
		this.refreshed = event;
	}

	/**
	 * Drops the weights of a removed route. {@code Weight} keeps them by route id, and
	 * would otherwise still choose that route.
	 */
	private void forgetWeight(String id) {
		this.publisher.publishEvent(new RouteDeletedEvent(this, id));
	}

	private RouteDefinition withGeneration(RouteDefinition route) {
		String id = String.valueOf(route.getId());
		Integer number = this.generations.get(id);
		if (number == null) {
			return route;
		}
		RouteDefinition copy = new RouteDefinition();
		copy.setId(id);
		copy.setUri(Objects.requireNonNull(route.getUri()));
		copy.setOrder(route.getOrder());
		copy.setEnabled(route.isEnabled());
		copy.setPredicates(route.getPredicates());
		copy.setFilters(route.getFilters());
		copy.setMetadata(new RouteGeneration(number).addTo(route.getMetadata()));
		return copy;
	}

}
