package io.switchgate.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Proxies, the traces by which heads show them, and how to configure each for WebSocket.
 */
enum Hop {

	/**
	 * Amazon's Application Load Balancer.
	 */
	ALB("AWS ALB", "awselb|^x-amzn-trace-id$",
			"AWS ALB: passes WebSocket by itself; the protocol version of the target group must be HTTP1."),

	/**
	 * Amazon's content network.
	 */
	CLOUDFRONT("CloudFront", "cloudfront|^x-amz-cf-id$",
			"CloudFront: an origin request policy that forwards Sec-WebSocket-Key, -Version, -Protocol, -Extensions."),

	CLOUDFLARE("Cloudflare", "cloudflare|^cf-ray$", "Cloudflare: Network, WebSockets: on."),

	/**
	 * Envoy, and proxies that are built on it.
	 */
	ENVOY("Envoy", "envoy",
			"Envoy: upgrade_configs: [{ upgrade_type: websocket }] in the http_connection_manager or the route."),

	TRAEFIK("Traefik", "traefik|^x-forwarded-server$",
			"Traefik: passes upgrades by itself; take out headers middlewares that set Upgrade or Connection."),

	HAPROXY("HAProxy", "haproxy",
			"HAProxy: passes both by itself; take out http-request del-header and set-header for them."),

	APACHE("Apache httpd", "apache(?!-coyote)",
			"Apache httpd: ProxyPass with upgrade=websocket (2.4.47 or later; mod_proxy_wstunnel before)."),

	CADDY("Caddy", "caddy", "Caddy: passes upgrades by itself; take out header_up for Upgrade and Connection."),

	/**
	 * IIS with Application Request Routing.
	 */
	IIS("IIS", "microsoft-iis|^x-arr-",
			"IIS: install the feature WebSocket Protocol; in ARR take out rules that set Connection."),

	/**
	 * Last of the known ones, because its traces are also those of many others.
	 */
	NGINX("nginx", "nginx|openresty|^x-real-ip$",
			"nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
					+ "proxy_set_header Connection \"upgrade\";"),

	/**
	 * A hop without a known trace.
	 */
	UNKNOWN("a hop", "(?!)", "");

	private static final List<String> NAMED_BY = List.of("Server", "Via", "User-Agent");

	private final String title;

	private final Pattern trace;

	private final String upgrade;

	Hop(String title, String trace, String upgrade) {
		this.title = title;
		this.trace = Pattern.compile(trace);
		this.upgrade = upgrade;
	}

	/**
	 * Returns the hop whose traces a head has.
	 */
	static Hop of(Head head) {
		return Arrays.stream(values()).filter((hop) -> hop.hasPassed(head)).findFirst().orElse(UNKNOWN);
	}

	private boolean hasPassed(Head head) {
		return NAMED_BY.stream().anyMatch((name) -> this.trace.matcher(head.first(name)).find())
				|| head.names().anyMatch((name) -> this.trace.matcher(name).find());
	}

	String title() {
		return this.title;
	}

	/**
	 * Returns how to make this hop pass upgrades; for an unknown hop, how to do so with
	 * each of the common ones.
	 */
	String upgradeRemedy() {
		return (this != UNKNOWN) ? this.upgrade
				: String.join(" ", List.of(NGINX.upgrade, APACHE.upgrade, ENVOY.upgrade, HAPROXY.upgrade));
	}

}
