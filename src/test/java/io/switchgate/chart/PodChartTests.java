package io.switchgate.chart;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of pods, their permissions and their selectors in the chart.
 */
class PodChartTests {

	private static final Chart CHART = Chart.copy();

	private static final String LONG = "a-name-".repeat(10) + "end";

	@ParameterizedTest
	@CsvSource({ "startup, liveness", "liveness, liveness", "readiness, readiness" })
	void probesAskTheManagementPort(String probe, String path) {
		assertThat(CHART.render().gateway().at("/" + probe + "Probe/httpGet"))
			.isEqualTo(Rendering.yaml("{ path: /actuator/health/" + path + ", port: management }"));
	}

	@Test
	void podsOfTheGatewayAndOfTheTestAreRestricted() {
		Rendering rendering = CHART.render();
		for (JsonNode pod : List.of(rendering.pod(), rendering.the("Pod").at("/spec"))) {
			assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
			assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
			assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
			assertThat(pod.at("/containers/0/securityContext")).isEqualTo(Rendering.yaml("""
					{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ ALL ] } }
					"""));
		}
	}

	@Test
	void nothingMountsATokenUnlessThePodPatchesItself() {
		Rendering rendering = CHART.render(Values.MOST, "deletionCost: { enabled: false }");
		assertThat(rendering.the("ServiceAccount").at("/automountServiceAccountToken").asBoolean(true)).isFalse();
		assertThat(rendering.pod().at("/automountServiceAccountToken").asBoolean(true)).isFalse();
		assertThat(rendering.the("Pod").at("/spec/automountServiceAccountToken").asBoolean(true)).isFalse();
		assertThat(rendering.pod().at("/volumes").findValues("serviceAccountToken")).isEmpty();
		assertThat(rendering.kinds()).doesNotContain("Role", "RoleBinding", "ValidatingAdmissionPolicy",
				"ValidatingAdmissionPolicyBinding");
		assertThat(rendering.kinds()).doesNotContain("Secret");
	}

	@Test
	void deletionCostMayPatchPodsAndNothingElse() {
		Rendering rendering = CHART.render("deletionCost: { enabled: true, interval: 10s }");
		assertThat(rendering.the("Role").at("/rules"))
			.isEqualTo(Rendering.yaml("[ { apiGroups: [ '' ], resources: [ pods ], verbs: [ patch ] } ]"));
		assertThat(rendering.the("RoleBinding").at("/subjects/0")).isEqualTo(Rendering
			.yaml("{ kind: ServiceAccount, name: gateway-switchgate, namespace: " + Chart.NAMESPACE + " }"));
		assertThat(rendering.pod().at("/serviceAccountName").asString()).isEqualTo("gateway-switchgate");
		assertThat(rendering.pod().at("/automountServiceAccountToken").asBoolean(true)).isFalse();
		assertThat(rendering.pod().at("/volumes").findValues("serviceAccountToken")).hasSize(1);
		assertThat(rendering.variable("SWITCHGATE_KUBERNETES_DELETIONCOST").at("/value").asString()).isEqualTo("true");
		assertThat(rendering.variable("SWITCHGATE_KUBERNETES_DELETIONCOSTINTERVAL").at("/value").asString())
			.isEqualTo("10s");
		assertThat(rendering.variable("SWITCHGATE_KUBERNETES_POD").at("/valueFrom/fieldRef/fieldPath").asString())
			.isEqualTo("metadata.name");
	}

	@Test
	void policyLetsAPodChangeItsOwnDeletionCostOnly() {
		Rendering rendering = CHART.render("deletionCost: { enabled: true }");
		JsonNode policy = rendering.the("ValidatingAdmissionPolicy");
		assertThat(policy.at("/spec/matchConditions/0/expression").asString())
			.isEqualTo("request.userInfo.username == \"system:serviceaccount:chat:gateway-switchgate\"");
		assertThat(policy.at("/spec/matchConstraints/resourceRules")).isEqualTo(Rendering
			.yaml("[ { apiGroups: [ '' ], apiVersions: [ '*' ], operations: [ UPDATE ], resources: [ pods ] } ]"));
		assertThat(policy.at("/spec/failurePolicy").asString()).isEqualTo("Fail");
		assertThat(policy.at("/spec/validations/0/expression").asString())
			.contains("authentication.kubernetes.io/pod-name", "== [request.name]");
		assertThat(policy.at("/spec/validations/1/expression").asString()).contains("object.spec == oldObject.spec",
				"object.metadata.?labels", "object.metadata.?ownerReferences", "object.metadata.?finalizers",
				"variables.before.all(", "variables.after.all(", "controller.kubernetes.io/pod-deletion-cost");
		JsonNode binding = rendering.the("ValidatingAdmissionPolicyBinding");
		assertThat(binding.at("/spec/policyName")).isEqualTo(policy.at("/metadata/name"));
		assertThat(binding.at("/spec/validationActions")).isEqualTo(Rendering.yaml("[ Deny ]"));
	}

	@Test
	void policyBelongsToOneReleaseAndCanBeLeftOut() {
		String on = "deletionCost: { enabled: true }";
		assertThat(policyName(CHART.render(on))).isEqualTo("gateway-switchgate." + Chart.NAMESPACE);
		assertThat(policyName(CHART.renderAs("other", Chart.NEWEST, on)))
			.isEqualTo("other-switchgate." + Chart.NAMESPACE);
		assertThat(CHART.render(on, "serviceAccount: { create: false, name: shared }")
			.the("ValidatingAdmissionPolicy")
			.at("/spec/matchConditions/0/expression")
			.asString()).endsWith(":shared\"");
		assertThat(CHART.render("deletionCost: { enabled: true, admissionPolicy: false }").kinds()).contains("Role")
			.doesNotContain("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
	}

	private static String policyName(Rendering rendering) {
		return rendering.the("ValidatingAdmissionPolicy").at("/metadata/name").asString();
	}

	@Test
	void managementPortAcceptsTheNamesOfItsService() {
		assertThat(CHART.render().variable("SWITCHGATE_MANAGEMENT_HOSTS").at("/value").asString())
			.isEqualTo("gateway-switchgate-management.chat,gateway-switchgate-management.chat.svc,"
					+ "gateway-switchgate-management.chat.svc.cluster.local");
		for (String own : List.of("{ switchgate.management.hosts: [ a.b ] }",
				"{ switchgate: { management: { hosts: a.b } } }", "{ 'switchgate.management.hosts[0]': a.b }")) {
			assertThat(CHART.render("config: " + own).gateway().has("env")).isFalse();
		}
	}

	@Test
	void environmentHasNothingThatSpringTakesForAProperty() {
		assertThat(CHART.render().pod().at("/enableServiceLinks").asBoolean(true)).isFalse();
		assertThat(CHART.render().gateway().at("/env")).hasSize(1);
		assertThat(CHART.render("javaToolOptions: -Xmx1g").variable("JAVA_TOOL_OPTIONS").at("/value").asString())
			.isEqualTo("-Xmx1g");
	}

	@Test
	void memoryIsRequestedUpToItsLimitAndCpuHasNone() {
		JsonNode resources = CHART.render().gateway().at("/resources");
		assertThat(resources.at("/limits/memory")).isEqualTo(resources.at("/requests/memory"));
		assertThat(resources.at("/limits").has("cpu")).isFalse();
	}

	private static Stream<JsonNode> selectors(Rendering rendering) {
		return Stream
			.of(rendering.all("Service").map((service) -> service.at("/spec/selector")),
					rendering.all("Deployment").map((deployment) -> deployment.at("/spec/selector/matchLabels")),
					rendering.all("PodDisruptionBudget").map((budget) -> budget.at("/spec/selector/matchLabels")),
					rendering.all("NetworkPolicy").map((policy) -> policy.at("/spec/podSelector/matchLabels")),
					rendering.pod()
						.at("/topologySpreadConstraints")
						.valueStream()
						.map((constraint) -> constraint.at("/labelSelector/matchLabels")))
			.flatMap((all) -> all);
	}

	private static boolean selects(JsonNode selector, JsonNode labels) {
		return selector.propertyStream().allMatch((label) -> label.getValue().equals(labels.get(label.getKey())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "nameOverride: other", "fullnameOverride: other",
			"commonLabels: { app.kubernetes.io/name: x, app.kubernetes.io/component: test, team: z }",
			"podLabels: { app.kubernetes.io/instance: x }" })
	void selectorsFindTheGatewaysPodsAndNotThatOfTheTest(String values) {
		Rendering rendering = CHART.render(Values.MOST, values);
		JsonNode gateway = rendering.template().at("/metadata/labels");
		JsonNode test = rendering.the("Pod").at("/metadata/labels");
		assertThat(selectors(rendering)).hasSize(7)
			.allMatch((selector) -> !selector.isEmpty() && selects(selector, gateway))
			.noneMatch((selector) -> selects(selector, test));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{}", "nameOverride: " + "a-name-aaaaa-name-aaaaa-name-aaaaa-name-aaaaa-name-aaaaa-name-aa-x",
					"fullnameOverride: " + "a-name-aaaaa-name-aaaaa-name-aaaaa-name-aaaa---name-aaaaa-name-aa-x" })
	void longNamesBecomeValidNames(String values) {
		Rendering rendering = CHART.renderAs(LONG.substring(0, 53), Chart.NEWEST, Values.MOST, values);
		assertThat(rendering.objects()).extracting(Rendering::name)
			.allMatch((name) -> name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\." + Chart.NAMESPACE + ")?"));
		assertThat(rendering.objects()).flatExtracting((object) -> object.at("/metadata/labels").values())
			.extracting(JsonNode::asString)
			.allMatch((label) -> label.length() <= 63 && label.matches("[A-Za-z0-9].*[A-Za-z0-9]|[A-Za-z0-9]"));
	}

	@Test
	void aReleaseNamedAsTheChartIsNotNamedTwice() {
		Rendering rendering = CHART.renderAs("switchgate", Chart.NEWEST);
		assertThat(Rendering.name(rendering.the("Deployment"))).isEqualTo("switchgate");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					image: { repository: a/b }         | a/b:0.1.0-SNAPSHOT
					image: { tag: 1.2.3 }              | switchgate:1.2.3
					image: { tag: a, digest: 'sha256:0123456789012345678901234567890123456789012345678901234567890123' } | switchgate@sha256:0123456789012345678901234567890123456789012345678901234567890123
					""")
	void theImageIsThatOfTheValues(String values, String image) {
		assertThat(CHART.render(values).gateway().at("/image").asString()).isEqualTo(image);
		assertThat(CHART.render(values).the("Pod").at("/spec/containers/0/image").asString()).isEqualTo(image);
	}

	@Test
	void podsSpreadAnewInEachRollout() {
		assertThat(CHART.render().pod().at("/topologySpreadConstraints").valueStream())
			.allMatch((constraint) -> constraint.at("/matchLabelKeys/0").asString().equals("pod-template-hash"));
		JsonNode own = CHART
			.render("""
					topologySpreadConstraints:
					  - { maxSkew: 2, topologyKey: rack, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { a: b } } }
					""")
			.pod()
			.at("/topologySpreadConstraints/0");
		assertThat(own.at("/labelSelector/matchLabels/a").asString()).isEqualTo("b");
		assertThat(own.has("matchLabelKeys")).isFalse();
	}

	@Test
	void theTestMakesAHandshakeAsTheValuesSay() {
		JsonNode pod = CHART.render("""
				test: { path: '/chat?room=1', args: [ --header, 'Host: chat.example.com' ] }
				service: { port: 8000 }
				""").the("Pod");
		assertThat(pod.at("/metadata/annotations").path("hook").asString()).isEqualTo("test");
		assertThat(pod.at("/spec/containers/0/args")).isEqualTo(Rendering.yaml("""
				[ probe, 'ws://gateway-switchgate.chat:8000/chat?room=1', --header, 'Host: chat.example.com' ]
				"""));
		assertThat(CHART.render("test: { enabled: false }").kinds()).doesNotContain("Pod");
	}

}
