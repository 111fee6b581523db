package io.switchgate.ondemand;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.factory.FallbackHeadersGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.RequestRateLimiterGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Offers the filters that need Redis or Resilience4j.
 */
@Configuration(proxyBeanMethods = false)
class OnDemandConfiguration {

	private static final String FILTER = GatewayProperties.PREFIX + ".filter.";

	@Bean
	Annex rateLimiterAnnex(ConfigurableApplicationContext gateway) {
		return new Annex(gateway, RateLimiterConfiguration.class);
	}

	@Bean
	@ConditionalOnProperty(name = FILTER + "request-rate-limiter.enabled", matchIfMissing = true)
	GatewayFilterFactory<RequestRateLimiterGatewayFilterFactory.Config> requestRateLimiterOnDemand(
			Annex rateLimiterAnnex) {
		return new OnDemandFilterFactory<>("RequestRateLimiter",
				() -> rateLimiterAnnex.bean(RequestRateLimiterGatewayFilterFactory.class));
	}

	@Bean
	Annex circuitBreakerAnnex(ConfigurableApplicationContext gateway) {
		return new Annex(gateway, CircuitBreakerConfiguration.class);
	}

	@Bean
	GatewayFilterFactory<SpringCloudCircuitBreakerFilterFactory.Config> circuitBreakerOnDemand(
			Annex circuitBreakerAnnex) {
		return new OnDemandFilterFactory<>(SpringCloudCircuitBreakerFilterFactory.NAME,
				() -> circuitBreakerAnnex.bean(SpringCloudCircuitBreakerFilterFactory.class));
	}

	@Bean
	@ConditionalOnProperty(name = FILTER + "fallback-headers.enabled", matchIfMissing = true)
	FallbackHeadersGatewayFilterFactory fallbackHeadersGatewayFilterFactory() {
		return new FallbackHeadersGatewayFilterFactory();
	}

}
