package io.switchgate.routes;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.cloud.gateway.handler.AsyncPredicate;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.handler.predicate.GatewayPredicate;
import org.springframework.cloud.gateway.handler.predicate.HostRoutePredicateFactory;
import org.springframework.cloud.gateway.handler.predicate.PathRoutePredicateFactory;
import org.springframework.cloud.gateway.handler.predicate.WeightRoutePredicateFactory;
import org.springframework.cloud.gateway.route.CachingRouteLocator;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.WeightConfig;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PatternParseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the route that a request finds, and of the routes whose predicates it asks.
 */
class RouteMappingTests {

	private static final int ROUNDS = 1_000;

	private static final int REQUESTS = 20;

	private static final List<String> SEGMENTS = List.of("a", "b", "A", "ws", "a%20b", "a b", "a;v=1", "%2F", "", "a.b",
			"*", "**", "?", "{x}", "{x:[ab]}", "a*", "!", "||");

	private static final List<String> LABELS = List.of("a", "b", "A", "com", "com:80", "", "*", "**", "{sub}",
			"{sub:[a-z]+}", "c*", "??");

	private static final List<String> SEGMENTS_OF_REQUESTS = List.of("a", "b", "A", "ws", "a%20b", "a;v=1", "%2F", "",
			"a.b", "%61", "!", "%7C%7C");

	private static final List<String> LABELS_OF_REQUESTS = List.of("a", "b", "A", "com", "com:80", "");

	private final PathRoutePredicateFactory paths = new PathRoutePredicateFactory(new WebFluxProperties());

	private final HostRoutePredicateFactory hosts = new HostRoutePredicateFactory();

	private final WeightRoutePredicateFactory weights = new WeightRoutePredicateFactory();

	private final MockEnvironment environment = new MockEnvironment();

	private final FilteringWebHandler handler = new FilteringWebHandler(List.of(), false);

	/**
	 * Compares with a mapping that asks the predicates of every route.
	 */
	@Test
	void findsTheFirstRouteThatMatches() {
		Seeds.forEach(ROUNDS, (random) -> {
			RandomText text = new RandomText(random);
			List<Route> routes = IntStream.range(0, 1 + random.nextInt(30))
				.mapToObj((number) -> route(String.valueOf(number), predicate(text)))
				.toList();
			RouteMapping mapping = mapping(() -> Flux.fromIterable(routes));
			EveryRoute everyRoute = new EveryRoute(() -> Flux.fromIterable(routes));
			for (int i = 0; i < REQUESTS; i++) {
				String path = "/" + join(text, SEGMENTS_OF_REQUESTS, "/");
				String host = text.oneIn(8) ? null : join(text, LABELS_OF_REQUESTS, ".");
				String chosen = String.valueOf(random.nextInt(30));
				assertThat(find(mapping.lookupRoute(request(path, host, chosen))))
					.as("%s at %s of %s", path, host, routes)
					.isEqualTo(find(everyRoute.lookupRoute(request(path, host, chosen))));
			}
		});
	}

	@Test
	void asksOnlyRoutesThatBeginAndEndLikeTheRequest() {
		List<String> asked = new ArrayList<>();
		List<Route> routes = IntStream.range(0, 1000)
			.mapToObj((number) -> route("room " + number,
					asking(asked, "room " + number).and(path("/room-" + number + "/**")).and(host("*.example.com"))))
			.collect(Collectors.toCollection(ArrayList::new));
		routes.add(route("tenant", asking(asked, "tenant").and(path("/room-*/**")).and(host("**.example.com:8080"))));
		routes.add(route("rest", asking(asked, "rest").and(path("/{*all}"))));
		RouteMapping mapping = mapping(() -> Flux.fromIterable(routes));
		assertThat(find(mapping.lookupRoute(request("/room-7/ws", "chat.example.com", "")))).isEqualTo("room 7");
		assertThat(find(mapping.lookupRoute(request("/room-7", "chat.example.com:8080", "")))).isEqualTo("tenant");
		assertThat(find(mapping.lookupRoute(request("/room", null, "")))).isEqualTo("rest");
		assertThat(asked).containsExactly("room 7", "tenant", "rest");
	}

	@Test
	void findsRoutesOfTheLastRefresh() {
		List<Route> routes = new ArrayList<>(List.of(route("old", path("/ws"))));
		CachingRouteLocator locator = new CachingRouteLocator(() -> Flux.fromIterable(List.copyOf(routes)));
		RouteMapping mapping = mapping(locator);
		assertThat(find(mapping.lookupRoute(request("/ws", null, "")))).isEqualTo("old");
		routes.set(0, route("new", path("/ws")));
		locator.refresh().collectList().block();
		mapping.onApplicationEvent(new RefreshRoutesResultEvent(locator));
		assertThat(find(mapping.lookupRoute(request("/ws", null, "")))).isEqualTo("new");
	}

	@Test
	void matchesPatternsBehindTheBasePath() {
		WebFluxProperties properties = new WebFluxProperties();
		properties.setBasePath("/base");
		this.environment.setProperty("spring.webflux.base-path", "/base");
		AsyncPredicate<ServerWebExchange> predicate = new PathRoutePredicateFactory(properties)
			.applyAsync((config) -> config.setPatterns(List.of("/ws")));
		RouteMapping mapping = mapping(() -> Flux.just(route("based", predicate)));
		assertThat(find(mapping.lookupRoute(request("/base/ws", null, "")))).isEqualTo("based");
	}

	@Test
	void comparesHostsWithoutTheirPortIfConfigured() {
		this.environment.setProperty("spring.cloud.gateway.server.webflux.predicate.host.include-port", "false");
		AsyncPredicate<ServerWebExchange> predicate = new HostRoutePredicateFactory(false)
			.applyAsync((config) -> config.setPatterns(List.of("a.com")));
		RouteMapping mapping = mapping(() -> Flux.just(route("any port", predicate)));
		assertThat(find(mapping.lookupRoute(request("/", "a.com:8080", "")))).isEqualTo("any port");
	}

	private RouteMapping mapping(RouteLocator locator) {
		return new RouteMapping(this.handler, locator, new GlobalCorsProperties(), this.environment);
	}

	private static Route route(String id, AsyncPredicate<ServerWebExchange> predicate) {
		return Route.async().id(id).uri("http://localhost").asyncPredicate(predicate).build();
	}

	private AsyncPredicate<ServerWebExchange> path(String... patterns) {
		return this.paths.applyAsync((config) -> config.setPatterns(List.of(patterns)));
	}

	private AsyncPredicate<ServerWebExchange> host(String... patterns) {
		return this.hosts.applyAsync((config) -> config.setPatterns(List.of(patterns)));
	}

	private static AsyncPredicate<ServerWebExchange> asking(List<String> asked, String name) {
		return AsyncPredicate.from((exchange) -> asked.add(name));
	}

	/**
	 * Returns a random predicate, as from a configuration or from code.
	 */
	private AsyncPredicate<ServerWebExchange> predicate(RandomText text) {
		AsyncPredicate<ServerWebExchange> all = AsyncPredicate.from((exchange) -> true);
		for (int left = text.random().nextInt(4); left > 0; left--) {
			AsyncPredicate<ServerWebExchange> next = part(text);
			all = text.oneIn(12) ? all.or(next) : all.and(text.oneIn(12) ? next.negate() : next);
		}
		return text.oneIn(20) ? all.negate() : all;
	}

	private AsyncPredicate<ServerWebExchange> part(RandomText text) {
		GatewayPredicate first = leaf(text);
		return AsyncPredicate.from(switch (text.random().nextInt(20)) {
			case 0 -> first.negate();
			case 1 -> first.or(leaf(text));
			case 2 -> first.and(leaf(text));
			case 3 -> Predicate.not(first);
			case 4 -> (exchange) -> exchange.getRequest().getPath().value().length() % 2 == 0;
			default -> first;
		});
	}

	private GatewayPredicate leaf(RandomText text) {
		return (GatewayPredicate) switch (text.random().nextInt(8)) {
			case 0 -> this.weights.apply(new WeightConfig("group", "", 1));
			case 1, 2, 3 -> this.hosts.apply((config) -> config.setPatterns(some(() -> join(text, LABELS, "."), text)));
			default -> this.paths.apply((config) -> config.setPatterns(some(() -> pattern(text), text)));
		};
	}

	private String pattern(RandomText text) {
		while (true) {
			String pattern = (text.oneIn(8) ? "" : "/") + join(text, SEGMENTS, "/");
			try {
				path(pattern);
				return pattern;
			}
			catch (PatternParseException ex) {
				continue;
			}
		}
	}

	private static List<String> some(Supplier<String> patterns, RandomText text) {
		return Stream.generate(patterns).limit(1 + text.random().nextInt(2)).toList();
	}

	private static String join(RandomText text, List<String> words, String separator) {
		return Stream.generate(() -> text.any(words))
			.limit(1 + text.random().nextInt(3))
			.collect(Collectors.joining(separator));
	}

	private static ServerWebExchange request(String path, @Nullable String host, String chosen) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest
			.get(URI.create("http://localhost" + path).toString());
		if (host != null) {
			request.header("Host", host);
		}
		ServerWebExchange exchange = MockServerWebExchange.from(request);
		exchange.getAttributes().put(ServerWebExchangeUtils.WEIGHT_ATTR, Map.of("group", chosen));
		return exchange;
	}

	private static String find(Mono<Route> found) {
		Route route = found.block();
		return (route != null) ? route.getId() : "none";
	}

	/**
	 * Mapping that asks the predicates of every route.
	 */
	private final class EveryRoute extends RoutePredicateHandlerMapping {

		EveryRoute(RouteLocator locator) {
			super(RouteMappingTests.this.handler, locator, new GlobalCorsProperties(),
					RouteMappingTests.this.environment);
		}

		@Override
		protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
			return super.lookupRoute(exchange);
		}

	}

}
