package io.switchgate.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.util.StringUtils;

import io.switchgate.handshake.HandshakePolicy;
import io.switchgate.journal.Redaction;
import io.switchgate.routes.Reason;
import io.switchgate.routes.RouteElement;
import io.switchgate.routes.RouteFactories;
import io.switchgate.routes.RouteGeneration;
import io.switchgate.upstream.HandshakeTimeouts;
import io.switchgate.upstream.RequestTimeouts;

/**
 * Builds every predicate and filter of the configured routes once, to find errors before
 * a request does.
 */
final class RouteCheck {

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
	 * Returns whether a reload applies changes of a property.
	 */
	static boolean isReloaded(ConfigurationPropertyName name) {
		return ROUTES.equals(name) || ROUTES.isAncestorOf(name) || DEFAULT_FILTERS.equals(name)
				|| DEFAULT_FILTERS.isAncestorOf(name);
	}

	/**
	 * Returns whether a property is the target of a route. This class checks targets,
	 * even if the target is missing or is no URI, because it knows the route.
	 */
	static boolean isTarget(ConfigurationPropertyName name) {
		return ROUTES.isAncestorOf(name) && name.getNumberOfElements() == ROUTES.getNumberOfElements() + 2
				&& name.getLastElement(ConfigurationPropertyName.Form.UNIFORM).equals("uri");
	}

	/**
	 * Checks all routes.
	 * @param properties routes and default filters
	 * @param findings what to add errors to
	 * @return the same routes
	 */
	CheckedRoutes check(GatewayProperties properties, Findings findings) {
		List<FilterDefinition> defaults = properties.getDefaultFilters();
		boolean goodDefaults = true;
		for (int i = 0; i < defaults.size(); i++) {
			RouteElement filter = RouteElement.of(defaults.get(i), this.redaction);
			goodDefaults &= findings.attempt(DEFAULT_FILTERS.append("[" + i + "]"), "default ",
					() -> this.factories.filter(filter, "default"));
		}
		Set<String> ids = new HashSet<>();
		List<Route> built = new ArrayList<>();
		for (int i = 0; i < properties.getRoutes().size(); i++) {
			RouteDefinition route = properties.getRoutes().get(i);
			ConfigurationPropertyName name = ROUTES.append("[" + i + "]");
			boolean named = StringUtils.hasText(route.getId());
			String id = named ? String.valueOf(route.getId()) : "to " + shown(target(route, name, findings));
			if (!named) {
				findings.add(name, "route " + id + ": no id (expected: a name of its own)");
			}
			else if (!ids.add(id)) {
				findings.add(name.append("id"), "route " + id + ": id of two routes (expected: one)");
			}
			String flaw = flaw(route, id, goodDefaults ? defaults : List.of(), built);
			boolean known = !check(route, id, name, findings, flaw != null);
			if (flaw != null && !known) {
				findings.add(name, "route " + id + ", " + flaw);
			}
		}
		return new CheckedRoutes(properties, built);
	}

	/**
	 * Builds a route in the same way as for requests.
	 * @param built what to add it to, unless it is switched off
	 * @return why it cannot be built, or null if it can
	 */
	private @Nullable String flaw(RouteDefinition definition, String id, List<FilterDefinition> defaults,
			List<Route> built) {
		try {
			Route route = this.factories.route(definition, id, defaults, false);
			if (definition.isEnabled()) {
				built.add(route);
			}
			return null;
		}
		catch (RuntimeException ex) {
			return Reason.sentence(ex);
		}
	}

	/**
	 * Checks the parts of a route separately.
	 * @return whether there is no error
	 */
	private boolean check(RouteDefinition route, String id, ConfigurationPropertyName name, Findings findings,
			boolean parts) {
		String subject = "route " + id + ", ";
		String target = target(route, name, findings);
		boolean good = findings.attempt(name.append("uri"), subject, () -> RouteTarget.check(target, shown(target)));
		good &= checkMetadata(route.getMetadata(), subject, name.append("metadata"), findings);
		return parts ? good & checkParts(route, id, name, findings) : good;
	}

	private boolean checkParts(RouteDefinition route, String id, ConfigurationPropertyName name, Findings findings) {
		String subject = "route " + id + ", ";
		boolean good = true;
		List<PredicateDefinition> predicates = route.getPredicates();
		for (int i = 0; i < predicates.size(); i++) {
			RouteElement predicate = RouteElement.of(predicates.get(i), this.redaction);
			good &= findings.attempt(name.append("predicates[" + i + "]"), subject,
					() -> this.factories.predicate(predicate, id));
		}
		List<FilterDefinition> filters = route.getFilters();
		for (int i = 0; i < filters.size(); i++) {
			RouteElement filter = RouteElement.of(filters.get(i), this.redaction);
			good &= findings.attempt(name.append("filters[" + i + "]"), subject,
					() -> this.factories.filter(filter, id));
		}
		return good;
	}

	/**
	 * Returns the target as it is written, which may differ from the URI that Spring Boot
	 * has made of it.
	 */
	private static @Nullable String target(RouteDefinition route, ConfigurationPropertyName name, Findings findings) {
		String text = findings.text(name.append("uri"));
		return (text == null && route.getUri() != null) ? route.getUri().toString() : text;
	}

	private static boolean checkMetadata(Map<String, Object> metadata, String subject, ConfigurationPropertyName name,
			Findings findings) {
		List<Runnable> checks = List.of(() -> HandshakeTimeouts.of(metadata), () -> RequestTimeouts.of(metadata),
				() -> RouteGeneration.requireNone(metadata),
				() -> TunnelPolicy.of(metadata, TunnelPolicy.ON_CHANGE, TunnelPolicy.KEEP),
				() -> TunnelPolicy.of(metadata, TunnelPolicy.ON_REMOVAL, TunnelPolicy.KEEP));
		boolean good = true;
		for (Runnable check : checks) {
			good &= findings.attempt(name, subject, check);
		}
		return good;
	}

	private String shown(@Nullable Object target) {
		return this.redaction.uri(String.valueOf(target));
	}

	/**
	 * Returns a line about a route without errors.
	 */
	String describe(RouteDefinition route, List<FilterDefinition> defaults) {
		String id = String.valueOf(route.getId());
		List<GatewayFilter> changes = new ArrayList<>();
		List<RouteElement> others = new ArrayList<>();
		for (FilterDefinition definition : Stream.of(defaults, route.getFilters())
			.flatMap(Collection::stream)
			.toList()) {
			RouteElement filter = RouteElement.of(definition, this.redaction);
			if (this.factories.filter(filter, id) instanceof HandshakePolicy.Filter change) {
				changes.add(change);
			}
			else {
				others.add(filter);
			}
		}
		List<RouteElement> predicates = route.getPredicates()
			.stream()
			.map((predicate) -> RouteElement.of(predicate, this.redaction))
			.toList();
		return "route " + id + ": " + join(predicates) + " -> " + shown(route.getUri()) + ", "
				+ CheckedRoutes.policy(changes) + (others.isEmpty() ? "" : ", " + join(others));
	}

	private static String join(List<RouteElement> elements) {
		return elements.stream().map(RouteElement::toString).collect(Collectors.joining(", "));
	}

}
