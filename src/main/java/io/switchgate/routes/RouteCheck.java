package io.switchgate.routes;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.util.StringUtils;

import io.switchgate.handshake.HandshakePolicy;
import io.switchgate.handshake.HandshakeTimeouts;
import io.switchgate.handshake.RequestTimeouts;
import io.switchgate.handshake.RouteGeneration;
import io.switchgate.handshake.UpstreamTls;
import io.switchgate.journal.Redaction;

/**
 * Builds every predicate and filter of configured routes once, so that a mistake is found
 * before a request meets it.
 */
final class RouteCheck {

	private static final Set<String> SCHEMES = new TreeSet<>(Set.of("http", "https", "ws", "wss", "lb", "forward"));

	private static final Set<String> SCHEMES_OF_TLS = Set.of("https", "wss");

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(GatewayProperties.PREFIX);

	private static final ConfigurationPropertyName ROUTES = PREFIX.append("routes");

	private static final ConfigurationPropertyName DEFAULT_FILTERS = PREFIX.append("default-filters");

	private final RouteFactories factories;

	private final Redaction redaction;

	RouteCheck(RouteFactories factories, Redaction redaction) {
		this.factories = factories;
		this.redaction = redaction;
	}

	/**
	 * Says whether a property is one that a reload takes.
	 */
	static boolean isReloaded(ConfigurationPropertyName name) {
		return ROUTES.equals(name) || ROUTES.isAncestorOf(name) || DEFAULT_FILTERS.equals(name)
				|| DEFAULT_FILTERS.isAncestorOf(name);
	}

	/**
	 * Finds everything that cannot work.
	 * @param properties routes and default filters
	 * @param findings what to add errors to
	 */
	void check(GatewayProperties properties, Findings findings) {
		List<FilterDefinition> defaults = properties.getDefaultFilters();
		for (int i = 0; i < defaults.size(); i++) {
			RouteElement filter = RouteElement.of(defaults.get(i), this.redaction);
			findings.attempt(DEFAULT_FILTERS.append("[" + i + "]"), "default ",
					() -> this.factories.filter(filter, "default"));
		}
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < properties.getRoutes().size(); i++) {
			RouteDefinition route = properties.getRoutes().get(i);
			ConfigurationPropertyName name = ROUTES.append("[" + i + "]");
			boolean named = StringUtils.hasText(route.getId());
			String id = named ? String.valueOf(route.getId()) : "to " + shown(route.getUri());
			if (!named) {
				findings.add(name, "route " + id + ": no id (expected: a name of its own)");
			}
			else if (!ids.add(id)) {
				findings.add(name.append("id"), "route " + id + ": id of two routes (expected: one)");
			}
			check(route, id, name, findings);
		}
	}

	private void check(RouteDefinition route, String id, ConfigurationPropertyName name, Findings findings) {
		String subject = "route " + id + ", ";
		findings.attempt(name.append("uri"), subject, () -> checkUri(route.getUri()));
		checkMetadata(route.getMetadata(), subject, name.append("metadata"), findings);
		List<PredicateDefinition> predicates = route.getPredicates();
		for (int i = 0; i < predicates.size(); i++) {
			RouteElement predicate = RouteElement.of(predicates.get(i), this.redaction);
			findings.attempt(name.append("predicates[" + i + "]"), subject, () -> this.factories.predicate(predicate));
		}
		List<FilterDefinition> filters = route.getFilters();
		for (int i = 0; i < filters.size(); i++) {
			RouteElement filter = RouteElement.of(filters.get(i), this.redaction);
			findings.attempt(name.append("filters[" + i + "]"), subject, () -> this.factories.filter(filter, id));
		}
	}

	private static void checkMetadata(Map<String, Object> metadata, String subject, ConfigurationPropertyName name,
			Findings findings) {
		List<Runnable> checks = List.of(() -> HandshakeTimeouts.of(metadata), () -> RequestTimeouts.of(metadata),
				() -> RouteGeneration.requireNone(metadata),
				() -> TunnelPolicy.of(metadata, TunnelPolicy.ON_CHANGE, TunnelPolicy.KEEP),
				() -> TunnelPolicy.of(metadata, TunnelPolicy.ON_REMOVAL, TunnelPolicy.KEEP));
		for (Runnable check : checks) {
			try {
				check.run();
			}
			catch (IllegalArgumentException ex) {
				String sentence = String.valueOf(ex.getMessage());
				String key = sentence.substring("metadata ".length(), sentence.indexOf(':'));
				findings.add(name.append(ConfigurationPropertyName.adapt(key, '.')), subject + sentence);
			}
		}
	}

	private void checkUri(@Nullable URI uri) {
		String scheme = (uri != null) ? uri.getScheme() : null;
		if (uri == null || scheme == null || !SCHEMES.contains(scheme)) {
			throw new IllegalArgumentException("uri " + shown(uri) + ": scheme " + scheme + " (expected: one of "
					+ String.join(", ", SCHEMES) + ")");
		}
		if (uri.getRawAuthority() == null && !scheme.equals("forward")) {
			throw new IllegalArgumentException(
					"uri " + shown(uri) + ": no host (expected: one, as in http://localhost:8000)");
		}
		if (SCHEMES_OF_TLS.contains(scheme)) {
			UpstreamTls.load();
		}
	}

	private String shown(@Nullable URI uri) {
		return this.redaction.uri(String.valueOf(uri));
	}

	/**
	 * Returns a line about a route without errors.
	 */
	String describe(RouteDefinition route, List<FilterDefinition> defaults) {
		String id = String.valueOf(route.getId());
		HandshakePolicy policy = HandshakePolicy.DEFAULT;
		List<RouteElement> others = new ArrayList<>();
		for (FilterDefinition definition : Stream.of(defaults, route.getFilters())
			.flatMap(Collection::stream)
			.toList()) {
			RouteElement filter = RouteElement.of(definition, this.redaction);
			if (this.factories.filter(filter, id) instanceof HandshakePolicy.Filter change) {
				policy = change.change().apply(policy);
			}
			else {
				others.add(filter);
			}
		}
		List<RouteElement> predicates = route.getPredicates()
			.stream()
			.map((predicate) -> RouteElement.of(predicate, this.redaction))
			.toList();
		return "route " + id + ": " + join(predicates) + " -> " + shown(route.getUri()) + ", " + policy
				+ (others.isEmpty() ? "" : ", " + join(others));
	}

	private static String join(List<RouteElement> elements) {
		return elements.stream().map(RouteElement::toString).collect(Collectors.joining(", "));
	}

}
