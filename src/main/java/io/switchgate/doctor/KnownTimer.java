package io.switchgate.doctor;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.CloseCause;

/**
 * Default timers of proxies, load balancers and servers.
 *
 * @param seconds its default in seconds
 * @param measure the time that it measures
 * @param code close code that it sends, or {@link #ANY}
 * @param name setting
 */
record KnownTimer(double seconds, Measure measure, int code, String name) {

	private static final int ANY = 0;

	private static final double TOLERANCE = 0.02;

	private static final double TOLERANCE_SECONDS = 0.5;

	private static final List<KnownTimer> KNOWN = List.of(
			new KnownTimer(15, Measure.LIFETIME, ANY, "Envoy route timeout"),
			new KnownTimer(20, Measure.IDLE, 1011, "uvicorn --ws-ping-timeout"),
			new KnownTimer(40, Measure.IDLE, 1011, "uvicorn --ws-ping-interval and --ws-ping-timeout"),
			new KnownTimer(40, Measure.LIFETIME, 1011, "uvicorn --ws-ping-interval and --ws-ping-timeout"),
			new KnownTimer(30, Measure.IDLE, ANY, "HAProxy timeout client or timeout server"),
			new KnownTimer(30, Measure.IDLE, ANY, "Jetty idleTimeout"),
			new KnownTimer(30, Measure.LIFETIME, ANY, "Google Cloud load balancer backend timeout"),
			new KnownTimer(50, Measure.IDLE, ANY, "HAProxy timeout client or timeout server"),
			new KnownTimer(55, Measure.IDLE, ANY, "Heroku router"),
			new KnownTimer(60, Measure.IDLE, ANY, "nginx proxy_read_timeout"),
			new KnownTimer(60, Measure.IDLE, ANY, "AWS ALB idle timeout"),
			new KnownTimer(100, Measure.IDLE, ANY, "Cloudflare"),
			new KnownTimer(240, Measure.IDLE, ANY, "Azure Load Balancer"),
			new KnownTimer(300, Measure.IDLE, ANY, "Envoy stream_idle_timeout"),
			new KnownTimer(350, Measure.IDLE, ANY, "AWS NLB"),
			new KnownTimer(600, Measure.IDLE, ANY, "AWS API Gateway"),
			new KnownTimer(3600, Measure.IDLE, ANY, "HAProxy timeout tunnel"),
			new KnownTimer(3600, Measure.IDLE, ANY, "Envoy idle_timeout"),
			new KnownTimer(7200, Measure.LIFETIME, ANY, "AWS API Gateway"));

	/**
	 * Returns which side ended the tunnel, or null if the gateway did.
	 */
	static @Nullable String side(CloseCause cause) {
		return switch (cause) {
			case CLIENT_CLOSE, CLIENT_FIN, CLIENT_RESET -> "client";
			case UPSTREAM_CLOSE, UPSTREAM_FIN, UPSTREAM_RESET -> "upstream";
			default -> null;
		};
	}

	static String describe(Close close, Measure measure, double seconds) {
		if (side(close.cause()) == null) {
			return "a limit of the gateway's own (TunnelLimits, switchgate.tunnel)";
		}
		String known = KNOWN.stream()
			.filter((timer) -> timer.fits(close.code(), measure, seconds))
			.map(KnownTimer::name)
			.collect(Collectors.joining(", "));
		return "a %d-second timer there%s".formatted(Math.round(seconds), known.isEmpty() ? "" : " (" + known + "?)");
	}

	private boolean fits(int closeCode, Measure by, double time) {
		return this.measure == by && (this.code == ANY || this.code == closeCode)
				&& Math.abs(time - this.seconds) <= Math.max(TOLERANCE * this.seconds, TOLERANCE_SECONDS);
	}

}
