package io.switchgate.routes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.server.ServerWebExchange;

/**
 * Index of routes by the beginnings of their paths and the ends of their hosts, so that a
 * request need not be matched against each route.
 */
final class RouteIndex {

	private final List<Route> routes;

	private final LiteralTree paths = new LiteralTree();

	private final LiteralTree hosts = new LiteralTree();

	/**
	 * Creates an index.
	 * @param routes routes in their order
	 * @param byPath whether predicates match the unchanged path
	 * @param byHost whether predicates match the unchanged host
	 */
	RouteIndex(List<Route> routes, boolean byPath, boolean byHost) {
		this.routes = routes;
		for (int i = 0; i < routes.size(); i++) {
			int number = i;
			RouteLiterals literals = RouteLiterals.of(routes.get(i));
			(byPath ? literals.paths() : RouteLiterals.ANY).forEach((path) -> this.paths.add(path, number));
			(byHost ? literals.hosts() : RouteLiterals.ANY).forEach((host) -> this.hosts.add(host, number));
		}
	}

	/**
	 * Returns the routes that a request may match, in their order. Their predicates
	 * decide whether it does.
	 */
	List<Route> candidates(ServerWebExchange exchange) {
		BitSet candidates = this.paths.find(segments(path(exchange)));
		if (this.hosts.hasBranches()) {
			candidates.and(this.hosts.find(labels(exchange.getRequest().getHeaders())));
		}
		List<Route> routes = new ArrayList<>(candidates.cardinality());
		for (int i = candidates.nextSetBit(0); i != -1; i = candidates.nextSetBit(i + 1)) {
			routes.add(this.routes.get(i));
		}
		return routes;
	}

	/**
	 * Returns the path that predicates match. A predicate may have parsed it already.
	 */
	private static PathContainer path(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_PREDICATE_PATH_CONTAINER_ATTR,
				exchange.getRequest().getPath());
	}

	/**
	 * Returns the segments as path patterns compare them.
	 */
	private static List<String> segments(PathContainer path) {
		List<String> segments = new ArrayList<>();
		for (PathContainer.Element element : path.elements()) {
			if (element instanceof PathSegment segment) {
				segments.add(segment.valueToMatch());
			}
		}
		return segments;
	}

	private static List<String> labels(HttpHeaders headers) {
		String host = headers.getFirst(HttpHeaders.HOST);
		return (host != null) ? RouteLiterals.labels(host) : List.of();
	}

}
