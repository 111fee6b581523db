package io.switchgate.routes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.handler.predicate.HostRoutePredicateFactory;
import org.springframework.cloud.gateway.handler.predicate.PathRoutePredicateFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.HasConfig;
import org.springframework.util.StringUtils;

/**
 * Literal text that a request must have to match a route: one of these beginnings of its
 * path, and one of these ends of its host. An empty list stands for no condition.
 *
 * @param paths first segments of the path
 * @param hosts last labels of the host, the last one first
 */
record RouteLiterals(Set<List<String>> paths, Set<List<String>> hosts) {

	/**
	 * No condition.
	 */
	static final Set<List<String>> ANY = Set.of(List.of());

	private static final String WILDCARDS = "*?{}";

	static RouteLiterals of(Route route) {
		return isConjunction(route)
				? new RouteLiterals(beginnings(patterns(route, RouteLiterals::paths), RouteLiterals::segments),
						beginnings(patterns(route, RouteLiterals::hosts), RouteLiterals::labels))
				: new RouteLiterals(ANY, ANY);
	}

	/**
	 * Returns whether every predicate must match. Only then is one predicate a condition
	 * for the route. Negations and alternatives show only in the text of the combined
	 * predicate.
	 */
	private static boolean isConjunction(Route route) {
		String predicates = route.getPredicate().toString();
		return predicates.indexOf('!') == -1 && !predicates.contains("||");
	}

	/**
	 * Returns the patterns of the first predicate of a kind. One of them must match.
	 */
	private static List<String> patterns(Route route, Function<HasConfig, List<String>> kind) {
		List<List<String>> found = new ArrayList<>();
		route.getPredicate().accept((predicate) -> found.add(kind.apply(predicate)));
		return found.stream().filter((patterns) -> !patterns.isEmpty()).findFirst().orElse(List.of());
	}

	private static List<String> paths(HasConfig predicate) {
		return (isMadeBy(predicate, PathRoutePredicateFactory.class)
				&& predicate.getConfig() instanceof PathRoutePredicateFactory.Config config) ? config.getPatterns()
						: List.of();
	}

	private static List<String> hosts(HasConfig predicate) {
		return (isMadeBy(predicate, HostRoutePredicateFactory.class)
				&& predicate.getConfig() instanceof HostRoutePredicateFactory.Config config) ? config.getPatterns()
						: List.of();
	}

	/**
	 * Returns whether a predicate comes from a known factory. Another one may give the
	 * same configuration another meaning.
	 */
	private static boolean isMadeBy(HasConfig predicate, Class<?> factory) {
		return predicate.getClass().getEnclosingClass() == factory;
	}

	private static Set<List<String>> beginnings(List<String> patterns, Function<String, List<String>> words) {
		Set<List<String>> beginnings = patterns.stream()
			.map((pattern) -> words.apply(pattern).stream().takeWhile(RouteLiterals::isLiteral).toList())
			.collect(Collectors.toUnmodifiableSet());
		return beginnings.isEmpty() ? ANY : beginnings;
	}

	private static boolean isLiteral(String word) {
		return word.chars().noneMatch((c) -> WILDCARDS.indexOf(c) != -1);
	}

	/**
	 * Returns the segments of a path without empty ones.
	 */
	private static List<String> segments(String path) {
		return words(path, "/");
	}

	/**
	 * Returns the labels of a host, the last one first, without empty ones, which the
	 * predicate ignores.
	 */
	static List<String> labels(String host) {
		List<String> labels = words(host, ".");
		Collections.reverse(labels);
		return labels;
	}

	private static List<String> words(String text, String separator) {
		return Arrays.asList(StringUtils.tokenizeToStringArray(text, separator, false, true));
	}

}
