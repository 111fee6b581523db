package io.switchgate.chart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the application's configuration in the chart.
 */
class ConfigurationChartTests {

	private static final Chart CHART = Chart.copy();

	private static final String STRANGE = """
			spring.cloud.gateway.server.webflux:
			  routes:
			    - id: "on"
			      uri: "{{ not a template }}"
			      predicates: [ "Path=/ws, /ws/**", 'Header=X-Request-Id, \\\\d+' ]
			    - id: größer
			      uri: http://chat:8000
			      metadata: { handshake-timeout: 5s, big: 1048576000, small: 0.25, zero: 007, version: "1.0", "yes": yes }
			      filters: []
			  "[x.y]": { empty: {}, nothing: "" }
			switchgate.drain.reason: |
			  two
			    lines: "#"
			list: [ 1, [ 2, 3 ], { a: b } ]
			""";

	@Test
	void theConfigurationArrivesUnchanged() {
		Rendering rendering = CHART.render("config:\n" + STRANGE.indent(2));
		assertThat(rendering.configuration()).isEqualTo(Rendering.yaml(STRANGE));
	}

	@Test
	void anEmptyConfigurationIsAnEmptyMap() {
		assertThat(CHART.render().application()).isEqualTo("{}\n");
	}

	@Test
	void theConfigurationIsMountedAsAFolder() {
		Rendering rendering = CHART.render(Values.ROUTE);
		assertThat(rendering.gateway().at("/volumeMounts/0")).isEqualTo(Rendering.yaml("""
				{ name: config, mountPath: /app/config, readOnly: true }
				"""));
		assertThat(rendering.pod().at("/volumes/0")).isEqualTo(Rendering.yaml("""
				{ name: config, configMap: { name: gateway-switchgate } }
				"""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "config: { spring.cloud.gateway.server.webflux.routes: [] }",
			"config: { spring.cloud.gateway.server.webflux: { routes: [ { id: other, uri: 'http://other' } ] } }",
			"config: { spring.cloud.gateway.server.webflux.default-filters: [ PreserveHostHeader ] }",
			"config: { spring: { cloud: { gateway: { server: { webflux: { defaultFilters: [ A=b ] } } } } } }",
			"replicas: 5", "ingress: { annotations: { a: b } }" })
	void changesThatAReloadTakesReplaceNoPod(String change) {
		assertThat(CHART.render(Values.ROUTE, change).checksum()).isEqualTo(CHART.render(Values.ROUTE).checksum());
	}

	@ParameterizedTest
	@ValueSource(strings = { "config: { switchgate.drain.time: 21s }",
			"config: { spring.cloud.gateway.server.webflux.httpclient.connect-timeout: 1000 }",
			"config: { spring.cloud.gateway.server.webflux.routes-x: 1 }", "config: { logging.level.root: debug }" })
	void changesThatNeedARestartReplaceThePods(String change) {
		assertThat(CHART.render(Values.ROUTE, change).checksum()).isNotEqualTo(CHART.render(Values.ROUTE).checksum());
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "0", "PT0S" })
	void changesOfRoutesReplaceThePodsWithoutAWatch(String interval) {
		String unwatched = "config: { switchgate.routes.watch-interval: " + interval + " }";
		assertThat(CHART.render(Values.ROUTE, unwatched).checksum()).isNotEqualTo(CHART.render(unwatched).checksum());
	}

	@Test
	void anotherSpellingReplacesNoPod() {
		assertThat(CHART.render("config: { switchgate: { drain: { closeWait: 1s } } }").checksum())
			.isEqualTo(CHART.render("config: { switchgate.drain.close-wait: 1s }").checksum());
	}

	@Test
	void portsAreThoseOfTheConfiguration() {
		Rendering rendering = CHART.render("""
				config: { server.port: 9000, management: { server.port: 9001, endpoints.web.base-path: /manage } }
				networkPolicy: { enabled: true }
				serviceMonitor: { enabled: true }
				""");
		assertThat(rendering.gateway().at("/ports")).isEqualTo(Rendering.yaml("""
				[ { name: http, containerPort: 9000 }, { name: management, containerPort: 9001 } ]
				"""));
		assertThat(rendering.the("NetworkPolicy").at("/spec/ingress/0/ports/0/port").asInt()).isEqualTo(9000);
		assertThat(rendering.the("NetworkPolicy").at("/spec/ingress/1/ports/0/port").asInt()).isEqualTo(9001);
		assertThat(rendering.gateway().at("/readinessProbe/httpGet/path").asString())
			.isEqualTo("/manage/health/readiness");
		assertThat(rendering.the("ServiceMonitor").at("/spec/endpoints/0/path").asString())
			.isEqualTo("/manage/prometheus");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{}                                                                        | HTTP  | kubernetes.io/ws  | ws
					tls: { existingSecret: a }                                                | HTTP  | kubernetes.io/wss | wss
					config: { server.ssl.bundle: a }                                          | HTTPS | kubernetes.io/wss | wss
					config: { server.ssl: { bundle: a, enabled: false } }                     | HTTP  | kubernetes.io/ws  | ws
					config: { server.ssl.bundle: a, management.server.ssl.enabled: false }    | HTTP  | kubernetes.io/wss | wss
					{ tls: { existingSecret: a }, config: { management.server.ssl.bundle: b } } | HTTPS | kubernetes.io/wss | wss
					""")
	void probesAndServicesSpeakTlsWhereTheGatewayDoes(String values, String scheme, String protocol, String url) {
		Rendering rendering = CHART.render(values);
		assertThat(rendering.gateway().at("/livenessProbe/httpGet/scheme").asString("HTTP")).isEqualTo(scheme);
		assertThat(rendering.named("Service", "gateway-switchgate").at("/spec/ports/0/appProtocol").asString())
			.isEqualTo(protocol);
		assertThat(rendering.the("Pod").at("/spec/containers/0/args/1").asString())
			.isEqualTo(url + "://gateway-switchgate.chat:80/ws");
	}

}
