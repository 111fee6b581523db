package io.switchgate.routes;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.tagsprovider.GatewayHttpTagsProvider;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Spring Cloud Gateway without what this gateway does about it.
 */
class SpringCloudGatewayDefectsTests {

	private static URI upstreamOf(String route, String request) {
		ServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create(request)));
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR,
					new AnyTarget().id("route").uri(route).predicate((any) -> true).build());
		new RouteToRequestUrlFilter().filter(exchange, (any) -> Mono.empty()).block();
		return exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
	}

	@Test
	void routeRefusesAnUpstreamWithAnUnderscore() {
		assertThatIllegalStateException().as("delete RouteBuilder and ConfiguredRoutes")
			.isThrownBy(() -> Route.async().uri("http://my_host"));
	}

	@Test
	void filterLosesAHostWithAnUnderscore() {
		assertThat(upstreamOf("http://my_host:8000", "http://localhost/a").toString())
			.as("delete ExactPathFilter, if it keeps a path as well")
			.doesNotContain("my_host");
	}

	@Test
	void filterEncodesAgainWhatIsPartlyEncoded() {
		assertThat(upstreamOf("http://host:8000", "http://localhost/a?b[c]=%20").getRawQuery())
			.as("delete ExactPathFilter, if it keeps a host as well")
			.contains("%2520");
	}

	@Test
	void tagsTakeAnyMethod() {
		ServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(HttpMethod.valueOf("MADEUP"), "/"));
		assertThat(new GatewayHttpTagsProvider().apply(exchange).stream().map((tag) -> tag.getValue()))
			.as("delete ObservabilityConfiguration.methodOfGatewayRequests")
			.contains("MADEUP");
	}

	private static final class AnyTarget extends Route.AsyncBuilder {

		@Override
		public Route.AsyncBuilder uri(URI uri) {
			this.uri = uri;
			return getThis();
		}

	}

}
