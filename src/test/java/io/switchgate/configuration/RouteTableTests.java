package io.switchgate.configuration;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.cloud.gateway.event.RouteDeletedEvent;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of the changes that a reload finds, and of the generations of routes after it.
 */
class RouteTableTests {

	private final GatewayProperties live = properties(route("a", 1), route("b", 1));

	private final List<Object> events = new ArrayList<>();

	private final RouteTable table = new RouteTable(this.live, this::publish);

	private @Nullable Throwable flaw;

	private void publish(Object event) {
		this.events.add(event);
		if (event instanceof RefreshRoutesEvent refresh) {
			this.table.onApplicationEvent((this.flaw != null) ? new RefreshRoutesResultEvent(refresh, this.flaw)
					: new RefreshRoutesResultEvent(refresh));
		}
	}

	@Test
	void sameRoutesChangeNothing() {
		assertThat(this.table.replace(properties(route("a", 1), route("b", 1)))).isEqualTo(RouteChanges.none());
		assertThat(this.events).isEmpty();
		assertThat(generations()).isEmpty();
	}

	@Test
	void onlyChangedRoutesHaveANewGeneration() {
		RouteChanges changes = this.table.replace(properties(route("b", 2), route("a", 1), route("c", 1)));
		assertThat(changes).isEqualTo(new RouteChanges(List.of("b"), List.of("c"), List.of(), true, List.of()));
		assertThat(generations()).isEqualTo(Map.of("b", 1, "c", 1));
		assertThat(this.live.getRoutes()).extracting(RouteDefinition::getId).containsExactly("b", "a", "c");
	}

	@Test
	void aNewGenerationIsNoChangeOfTheRoute() {
		this.table.replace(properties(route("a", 2), route("b", 1)));
		assertThat(this.table.replace(properties(route("a", 2), route("b", 1)))).isEqualTo(RouteChanges.none());
		this.table.replace(properties(route("a", 2), route("b", 2)));
		assertThat(generations()).isEqualTo(Map.of("a", 1, "b", 2));
	}

	@Test
	void aRouteThatComesBackHasANewGeneration() {
		this.table.replace(properties(route("a", 1)));
		this.table.replace(properties(route("a", 1), route("b", 1)));
		assertThat(generations()).isEqualTo(Map.of("b", 2));
	}

	@Test
	void defaultFiltersChangeEveryRoute() {
		GatewayProperties next = properties(route("a", 1), route("b", 1));
		next.setDefaultFilters(List.of(new FilterDefinition("PreserveHostHeader")));
		assertThat(this.table.replace(next).changed()).containsExactly("a", "b");
		assertThat(this.live.getDefaultFilters()).hasSize(1);
	}

	@Test
	void aRouteThatIsSwitchedOffIsRemoved() {
		RouteDefinition off = route("b", 1);
		off.setEnabled(false);
		assertThat(this.table.replace(properties(route("a", 1), off)).removed()).containsExactly("b");
	}

	@Test
	void anotherOrderIsTakenOverWithoutNewGenerations() {
		assertThat(this.table.replace(properties(route("b", 1), route("a", 1))))
			.isEqualTo(new RouteChanges(List.of(), List.of(), List.of(), true, List.of()));
		assertThat(this.live.getRoutes()).extracting(RouteDefinition::getId).containsExactly("b", "a");
		assertThat(this.events).hasOnlyElementsOfType(RefreshRoutesEvent.class);
		assertThat(generations()).isEmpty();
	}

	@Test
	void weightsOfOldRoutesAreForgottenBeforeTheNewRoutesAreBuilt() {
		this.table.replace(properties(route("a", 2)));
		assertThat(this.events).hasExactlyElementsOfTypes(RouteDeletedEvent.class, RouteDeletedEvent.class,
				RefreshRoutesEvent.class);
	}

	@Test
	void routesThatCannotBeBuiltLeaveTheOldRoutes() {
		this.table.replace(properties(route("a", 2), route("b", 1)));
		this.flaw = new IllegalStateException("no such thing");
		GatewayProperties next = properties(route("c", 1), route("a", 3));
		next.setDefaultFilters(List.of(new FilterDefinition("PreserveHostHeader")));
		assertThatThrownBy(() -> this.table.replace(next)).isInstanceOf(InvalidConfigurationException.class)
			.hasMessageContaining("no such thing");
		assertThat(this.live.getRoutes()).extracting(RouteDefinition::getId).containsExactly("a", "b");
		assertThat(this.live.getDefaultFilters()).isEmpty();
		assertThat(generations()).isEqualTo(Map.of("a", 1));
		this.flaw = null;
		assertThat(this.table.replace(properties(route("a", 2), route("b", 1)))).isEqualTo(RouteChanges.none());
		assertThat(this.table.replace(next).added()).containsExactly("c");
	}

	private Map<String, Object> generations() {
		return this.live.getRoutes()
			.stream()
			.filter((route) -> route.getMetadata().containsKey("switchgate.generation"))
			.collect(Collectors.toMap((route) -> String.valueOf(route.getId()),
					(route) -> route.getMetadata().getOrDefault("switchgate.generation", 0)));
	}

	private static GatewayProperties properties(RouteDefinition... routes) {
		GatewayProperties properties = new GatewayProperties();
		properties.setRoutes(Stream.of(routes).toList());
		return properties;
	}

	private static RouteDefinition route(String id, int version) {
		RouteDefinition route = new RouteDefinition();
		route.setId(id);
		route.setUri(URI.create("http://localhost"));
		route.setPredicates(List.of(new PredicateDefinition("Path=/" + id)));
		route.setFilters(List.of(new FilterDefinition("AddRequestHeader=Version, " + version)));
		return route;
	}

}
