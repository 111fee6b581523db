package io.switchgate.configuration;

import java.util.List;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;

import io.switchgate.handshake.HandshakePolicy;
import io.switchgate.upstream.UpstreamHttpVersion;
import io.switchgate.upstream.UpstreamTls;

/**
 * Routes that were built to check that they work.
 *
 * @param properties routes and default filters
 * @param built routes that are enabled and could be built
 */
record CheckedRoutes(GatewayProperties properties, List<Route> built) {

	/**
	 * Loads classes that requests would otherwise load on their event loops. It takes
	 * long, so do not call it on one.
	 */
	void prepare() {
		if (needTls()) {
			UpstreamTls.load();
		}
	}

	/**
	 * Returns whether a route needs TLS. The HTTP/2 client always does, whatever the
	 * scheme.
	 */
	boolean needTls() {
		return this.built.stream()
			.anyMatch((route) -> RouteTarget.isTls(route.getUri())
					|| policy(route.getFilters()).upstreamHttpVersion() == UpstreamHttpVersion.HTTP_2);
	}

	/**
	 * Returns the handshake policy after all filters have changed it.
	 */
	static HandshakePolicy policy(List<GatewayFilter> filters) {
		HandshakePolicy policy = HandshakePolicy.DEFAULT;
		for (GatewayFilter filter : filters) {
			if (filter instanceof HandshakePolicy.Filter change) {
				policy = change.change().apply(policy);
			}
		}
		return policy;
	}

}
