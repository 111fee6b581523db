package io.switchgate.chart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of services, ingresses, routes and network policies in the chart.
 */
class NetworkChartTests {

	private static final Chart CHART = Chart.copy();

	private static final String INGRESS = "ingress: { enabled: true, hosts: [ { host: a.b, paths: [ { path: /ws } ] } ] }";

	private static JsonNode annotations(String... values) {
		String[] all = new String[values.length + 1];
		all[0] = INGRESS;
		System.arraycopy(values, 0, all, 1, values.length);
		return CHART.render(all).the("Ingress").at("/metadata/annotations");
	}

	@Test
	void nobodyReachesTheGatewayFromOutsideUnlessAsked() {
		Rendering rendering = CHART.render();
		assertThat(rendering.kinds()).containsExactlyInAnyOrder("PodDisruptionBudget", "ServiceAccount", "ConfigMap",
				"Service", "Deployment", "Pod");
		assertThat(rendering.all("Service"))
			.allMatch((service) -> service.at("/spec/type").asString().equals("ClusterIP"));
	}

	@Test
	void noWayFromOutsideLeadsToTheManagementPort() {
		Rendering rendering = CHART.render(Values.MOST, "service: { type: LoadBalancer }");
		assertThat(rendering.named("Service", "gateway-switchgate").at("/spec/ports")).hasSize(1);
		assertThat(rendering.named("Service", "gateway-switchgate-management").at("/spec/type").asString())
			.isEqualTo("ClusterIP");
		assertThat(rendering.the("Ingress").findValuesAsString("name")).containsOnly("gateway-switchgate", "http");
		assertThat(rendering.the("HTTPRoute").at("/spec/rules/0/backendRefs")).isEqualTo(Rendering.yaml("""
				[ { name: gateway-switchgate, port: 80 } ]
				"""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nginx   | nginx.ingress.kubernetes.io/proxy-read-timeout    | 7200
			nginx   | nginx.ingress.kubernetes.io/proxy-send-timeout    | 7200
			nginx   | nginx.org/proxy-read-timeout                      | 7200s
			nginx   | nginx.org/websocket-services                      | gateway-switchgate
			haproxy | haproxy-ingress.github.io/timeout-tunnel          | 7200s
			alb     | alb.ingress.kubernetes.io/load-balancer-attributes | idle_timeout.timeout_seconds=4000
			alb     | alb.ingress.kubernetes.io/target-group-attributes | deregistration_delay.timeout_seconds=70
			alb     | alb.ingress.kubernetes.io/healthcheck-port        | 8081
			alb     | alb.ingress.kubernetes.io/healthcheck-path        | /actuator/health/readiness
			""")
	void controllersAreToldOfLongTunnels(String controller, String annotation, String value) {
		int seconds = controller.equals("alb") ? 4000 : 7200;
		assertThat(annotations("ingress: { controller: " + controller + ", idleSeconds: " + seconds + " }")
			.path(annotation)
			.asString()).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nginx   | nginx.ingress.kubernetes.io/backend-protocol | HTTPS
			nginx   | nginx.org/ssl-services                       | gateway-switchgate
			haproxy | haproxy-ingress.github.io/secure-backends    | true
			haproxy | haproxy.org/server-ssl                       | true
			alb     | alb.ingress.kubernetes.io/backend-protocol   | HTTPS
			""")
	void controllersAreToldOfTls(String controller, String annotation, String value) {
		String values = "{ ingress: { controller: " + controller + " }, tls: { existingSecret: a } }";
		assertThat(annotations(values).path(annotation).asString()).isEqualTo(value);
		assertThat(annotations("ingress: { controller: " + controller + " }").has(annotation)).isFalse();
	}

	@Test
	void traefikReadsOfTlsAtTheService() {
		JsonNode service = CHART.render(INGRESS, "{ ingress: { controller: traefik }, tls: { existingSecret: a } }")
			.named("Service", "gateway-switchgate");
		assertThat(service.at("/metadata/annotations")
			.path("traefik.ingress.kubernetes.io/service.serversscheme")
			.asString()).isEqualTo("https");
	}

	@Test
	void theDeregistrationDelayIsAtMostThatOfTheLoadBalancer() {
		assertThat(annotations("{ ingress: { controller: alb }, config: { switchgate.drain.time: 2h } }")
			.path("alb.ingress.kubernetes.io/target-group-attributes")
			.asString()).isEqualTo("deregistration_delay.timeout_seconds=3600");
	}

	@Test
	void annotationsOfTheValuesWin() {
		String annotation = "nginx.ingress.kubernetes.io/proxy-read-timeout";
		JsonNode annotations = annotations(
				"ingress: { controller: nginx, annotations: { " + annotation + ": '1', c: d } }");
		assertThat(annotations.path(annotation).asString()).isEqualTo("1");
		assertThat(annotations.path("c").asString()).isEqualTo("d");
	}

	@Test
	void theHttpRouteHasNoRequestTimeout() {
		assertThat(CHART.render(Values.MOST).the("HTTPRoute").at("/spec/rules/0/timeouts/request").asString())
			.isEqualTo("0s");
	}

	@Test
	void metricsAreForMonitoringAndClientsForAllUnlessNamed() {
		JsonNode policy = CHART.render("networkPolicy: { enabled: true }").the("NetworkPolicy");
		assertThat(policy.at("/spec/policyTypes")).isEqualTo(Rendering.yaml("[ Ingress ]"));
		assertThat(policy.at("/spec/ingress/0")).isEqualTo(Rendering.yaml("{ ports: [ { port: 8080 } ] }"));
		assertThat(policy.at("/spec/ingress/1/from/0/namespaceSelector/matchLabels")
			.path("kubernetes.io/metadata.name")
			.asString()).isEqualTo("monitoring");
		assertThat(policy.at("/spec").has("egress")).isFalse();
	}

	@Test
	void theNetworkPolicyAdmitsTheTest() {
		Rendering rendering = CHART.render(Values.MOST);
		JsonNode from = rendering.the("NetworkPolicy").at("/spec/ingress/0/from");
		assertThat(from).hasSize(2);
		assertThat(from.at("/1/podSelector/matchLabels")).isEqualTo(rendering.the("Pod").at("/metadata/labels"));
	}

	@Test
	void theNetworkPolicyAllowsDnsUpstreamsAndTheApiServerIfNeeded() {
		JsonNode egress = CHART.render(Values.MOST).the("NetworkPolicy").at("/spec/egress");
		assertThat(egress).hasSize(3);
		assertThat(egress.at("/0/ports/0/port").asInt()).isEqualTo(53);
		assertThat(egress.at("/1/ports").findValuesAsString("port")).containsExactly("443", "6443");
		assertThat(egress.at("/2/ports/0/port").asInt()).isEqualTo(8000);
		assertThat(
				CHART.render(Values.MOST, "deletionCost: { enabled: false }").the("NetworkPolicy").at("/spec/egress"))
			.hasSize(2);
	}

}
