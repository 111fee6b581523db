package io.switchgate.chart;

/**
 * Values for several tests.
 */
final class Values {

	/**
	 * Values with a route, which every installation needs.
	 */
	static final String ROUTE = """
			config:
			  spring.cloud.gateway.server.webflux:
			    routes:
			      - id: chat
			        uri: http://chat:8000
			        predicates: [ Path=/ws ]
			""";

	/**
	 * Values that enable all features which do not exclude each other.
	 */
	static final String MOST = ROUTE + """
			tls: { existingSecret: chat-tls }
			ingress:
			  enabled: true
			  hosts: [ { host: chat.example.com, paths: [ { path: /ws } ] } ]
			httpRoute: { enabled: true, parentRefs: [ { name: public } ] }
			autoscaling: { enabled: true, memory: 80 }
			networkPolicy:
			  enabled: true
			  clients: [ { podSelector: { matchLabels: { app: proxy } } } ]
			  egress: { enabled: true, rules: [ { ports: [ { port: 8000 } ] } ] }
			serviceMonitor: { enabled: true }
			prometheusRule: { enabled: true }
			dashboard: { enabled: true }
			deletionCost: { enabled: true }
			""";

	/**
	 * Names without values, as they remain when the lines below them are commented out.
	 */
	static final String NOTHING = """
			config:
			resources:
			affinity:
			commonLabels:
			podLabels:
			podAnnotations:
			securityContext:
			podSecurityContext:
			tolerations:
			topologySpreadConstraints:
			extraEnv:
			extraObjects:
			test: { args: , resources: }
			probes: { startup: , liveness: , readiness: }
			service: { annotations: , loadBalancerSourceRanges: }
			ingress: { enabled: true, annotations: , tls: , hosts: [ { paths: [ { path: / } ] } ] }
			httpRoute: { enabled: true, annotations: , matches: , filters: , hostnames: , parentRefs: [ { name: a } ] }
			autoscaling: { enabled: true, behavior: }
			networkPolicy: { enabled: true, clients: , monitoring: , egress: { enabled: true, dns: , rules: [ {} ] } }
			podMonitor: { enabled: true, labels: , relabelings: , metricRelabelings: }
			prometheusRule: { enabled: true, labels: , disabledAlerts: , alertLabels: }
			dashboard: { enabled: true, labels: , annotations: }
			serviceAccount: { annotations: }
			""";

	private Values() {
	}

}
