package io.switchgate.configuration;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.core.env.StandardEnvironment;

import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which routes have TLS loaded.
 */
class CheckedRoutesTests {

	private static Gateway gateway;

	@BeforeAll
	static void start() {
		gateway = Gateway.with().start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", textBlock = """
			http://my_service:8000, none, none, false
			ws://localhost, none, UpstreamHttpVersion=1.0, false
			https://localhost, none, none, true
			wss://my_service, none, none, true
			http://localhost, none, UpstreamHttpVersion=2, true
			http://localhost, UpstreamHttpVersion=2, StripPrefix=1, true
			http://localhost, UpstreamHttpVersion=2, UpstreamHttpVersion=1.1, false
			""")
	void tlsIsLoadedForARouteThatNeedsIt(String uri, String defaultFilter, String filter, boolean needed) {
		GatewayProperties properties = properties(route(uri, filter));
		properties.setDefaultFilters(filters(defaultFilter));
		assertThat(needsTls(properties)).isEqualTo(needed);
	}

	@Test
	void aRouteThatIsSwitchedOffNeedsNothing() {
		RouteDefinition off = route("https://localhost", "UpstreamHttpVersion=2");
		off.setEnabled(false);
		assertThat(needsTls(properties(off))).isFalse();
	}

	private static boolean needsTls(GatewayProperties properties) {
		Findings findings = new Findings(new Places(new StandardEnvironment()));
		CheckedRoutes routes = gateway.bean(RouteCheck.class).check(properties, findings);
		assertThat(findings.errors()).isEmpty();
		return routes.needTls();
	}

	private static GatewayProperties properties(RouteDefinition... routes) {
		GatewayProperties properties = new GatewayProperties();
		properties.setRoutes(List.of(routes));
		return properties;
	}

	private static RouteDefinition route(String uri, String... filters) {
		RouteDefinition route = new RouteDefinition();
		route.setId("chat");
		route.setUri(URI.create(uri));
		route.setFilters(filters(filters));
		return route;
	}

	private static List<FilterDefinition> filters(String... filters) {
		return Stream.of(filters).filter((filter) -> filter != null).map(FilterDefinition::new).toList();
	}

}
