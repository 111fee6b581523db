package io.switchgate.observability;

import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import reactor.netty.resources.LoopResources;

import io.switchgate.drain.Drains;

/**
 * Watches handshakes and tunnels with meters.
 */
@Configuration(proxyBeanMethods = false)
class ObservabilityConfiguration {

	/**
	 * Limits the method tag of Spring Cloud Gateway's own meters. Without a limit,
	 * clients could create any number of time series with invented methods. No issue is
	 * known; seen with Spring Cloud Gateway 5.0.4.
	 */
	@Bean
	MeterFilter methodOfGatewayRequests() {
		return knownMethods("httpMethod");
	}

	@Bean
	MeterFilter methodOfClientRequests() {
		return knownMethods("http.method");
	}

	private static MeterFilter knownMethods(String tag) {
		return MeterFilter.replaceTagValues(tag, (method) -> "UNKNOWN",
				Stream.of(HttpMethod.values()).map(HttpMethod::name).toArray(String[]::new));
	}

	@Bean
	DrainMetrics drainMetrics(Drains drains) {
		return new DrainMetrics(drains);
	}

	@Bean
	EventLoopMetrics eventLoopMetrics(LoopResources eventLoops, TunnelMetrics tunnels, MeterRegistry registry) {
		return new EventLoopMetrics(eventLoops, tunnels, registry);
	}

	@Bean
	FormerRoutes formerRoutes(GatewayProperties properties, TunnelMetrics tunnels, MeterRegistry registry) {
		return new FormerRoutes(properties, tunnels, registry);
	}

	/**
	 * Comes first, to hear of the end of a handshake while its span is still known.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	HandshakeMetrics handshakeMetrics(MeterRegistry registry, ObjectProvider<HandshakeScope> scope) {
		return new HandshakeMetrics(registry, scope.getIfAvailable(() -> (handshake, action) -> action.run()));
	}

	@Bean
	ProblemMetrics problemMetrics(MeterRegistry registry) {
		return new ProblemMetrics(registry);
	}

	@Bean
	ReloadMetrics reloadMetrics(MeterRegistry registry) {
		return new ReloadMetrics(registry);
	}

	@Bean
	AccessLog accessLog() {
		return new AccessLog();
	}

	@Bean
	TunnelMetrics tunnelMetrics(MeterRegistry registry) {
		return new TunnelMetrics(registry);
	}

}
