package io.switchgate.configuration;

import java.util.Map;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;

/**
 * Puts new routes into the table, and ends tunnels of the old routes as the policies say.
 */
final class RouteUpdate {

	private static final Logger logger = LoggerFactory.getLogger(RouteUpdate.class);

	private final RouteTable table;

	private final RouteCheck routes;

	private final RetiredTunnels tunnels;

	private final RoutesProperties properties;

	RouteUpdate(RouteTable table, RouteCheck routes, RetiredTunnels tunnels, RoutesProperties properties) {
		this.table = table;
		this.routes = routes;
		this.tunnels = tunnels;
		this.properties = properties;
	}

	/**
	 * Applies routes that have no error.
	 * @param checked routes and default filters
	 * @return what has changed
	 */
	RouteChanges apply(CheckedRoutes checked) {
		GatewayProperties next = checked.properties();
		Map<String, RouteDefinition> before = this.table.routes();
		checked.prepare();
		RouteChanges changes = this.table.replace(next);
		if (changes.reordered()) {
			logger.info("Changed: order of the routes");
		}
		Map<String, RouteDefinition> after = this.table.routes();
		changes.added().forEach((id) -> logger.info("Added: {}", describe(after, id, next)));
		changes.changed().forEach((id) -> {
			TunnelPolicy policy = policy(after, id, TunnelPolicy.ON_CHANGE, this.properties.onChange());
			logger.info("Changed, {} tunnels: {}", policy, describe(after, id, next));
			this.tunnels.retire(id, this.table.generation(), policy);
		});
		changes.removed().forEach((id) -> {
			TunnelPolicy policy = policy(before, id, TunnelPolicy.ON_REMOVAL, this.properties.onRemoval());
			logger.info("Removed, {} tunnels: route {}", policy, id);
			this.tunnels.retire(id, this.table.generation(), policy);
		});
		return changes;
	}

	private static TunnelPolicy policy(Map<String, RouteDefinition> routes, String id, String name,
			TunnelPolicy otherwise) {
		return TunnelPolicy.of(Objects.requireNonNull(routes.get(id)).getMetadata(), name, otherwise);
	}

	private String describe(Map<String, RouteDefinition> routes, String id, GatewayProperties properties) {
		return this.routes.describe(Objects.requireNonNull(routes.get(id)), properties.getDefaultFilters());
	}

}
