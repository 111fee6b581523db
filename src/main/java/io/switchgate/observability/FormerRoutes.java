package io.switchgate.observability;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;

import io.switchgate.configuration.ReloadListener;
import io.switchgate.configuration.ReloadOutcome;

/**
 * Removes the meters of removed routes, so that they do not pile up. Meters stay until
 * the next change, so that their last counts can be read.
 */
final class FormerRoutes implements ReloadListener {

	/**
	 * Tags with a route id: the gateway's own, and those of Spring Cloud Gateway.
	 */
	private static final List<String> TAGS = List.of("route", "routeId", "spring.cloud.gateway.route.id");

	private final GatewayProperties properties;

	private final TunnelMetrics tunnels;

	private final MeterRegistry registry;

	private Set<String> gone = Set.of();

	FormerRoutes(GatewayProperties properties, TunnelMetrics tunnels, MeterRegistry registry) {
		this.properties = properties;
		this.tunnels = tunnels;
		this.registry = registry;
	}

	@Override
	public void reloaded(ReloadOutcome outcome) {
		if (outcome == ReloadOutcome.CHANGED) {
			Set<String> before = this.gone;
			this.gone = gone();
			this.gone.stream().filter(before::contains).filter(this.tunnels::forget).forEach(this::remove);
		}
	}

	private Set<String> gone() {
		Set<String> gone = this.registry.getMeters()
			.stream()
			.map(FormerRoutes::route)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		this.properties.getRoutes().stream().map(RouteDefinition::getId).forEach(gone::remove);
		return gone;
	}

	private static @Nullable String route(Meter meter) {
		return TAGS.stream().map(meter.getId()::getTag).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private void remove(String route) {
		this.registry.getMeters().stream().filter((meter) -> route.equals(route(meter))).forEach(this.registry::remove);
	}

}
