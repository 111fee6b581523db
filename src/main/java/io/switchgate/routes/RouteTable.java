package io.switchgate.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.event.RouteDeletedEvent;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.context.ApplicationEventPublisher;

import io.switchgate.handshake.RouteGeneration;

/**
 * The routes that requests take, and how often they were changed. Not for several
 * threads: a reload is alone.
 */
final class RouteTable {

	private final GatewayProperties live;

	private final ApplicationEventPublisher publisher;

	/**
	 * As the configuration has them, without generations.
	 */
	private Map<String, RouteDefinition> routes;

	private final Map<String, Integer> generations = new LinkedHashMap<>();

	private int generation;

	RouteTable(GatewayProperties live, ApplicationEventPublisher publisher) {
		this.live = live;
		this.publisher = publisher;
		this.routes = enabled(live);
	}

	/**
	 * Leaves out routes that are switched off: nothing tells them from those that are not
	 * there.
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
	 * Lets requests take other routes. A request finds all of the old ones or all of the
	 * new ones: Spring Cloud Gateway builds them beside those that it uses.
	 * @param next routes and default filters without errors
	 * @return what is different
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
		this.generation++;
		changed.forEach((id) -> this.generations.put(id, this.generation));
		added.forEach((id) -> this.generations.put(id, this.generation));
		removed.forEach(this.generations::remove);
		this.routes = after;
		swap(next.getDefaultFilters());
		removed.forEach(this::forgetWeight);
		changed.forEach(this::forgetWeight);
		this.publisher.publishEvent(new RefreshRoutesEvent(this));
		return new RouteChanges(changed, added, removed, List.of());
	}

	private void swap(List<FilterDefinition> defaultFilters) {
		this.live.setDefaultFilters(defaultFilters);
		this.live.setRoutes(this.routes.values().stream().map(this::withGeneration).toList());
	}

	/**
	 * The weights of {@code Weight} are kept by route id, and go on choosing a route that
	 * is gone unless this event tells.
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
