package io.switchgate.ondemand;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadMetricsAutoConfiguration;
import io.github.resilience4j.springboot3.bulkhead.autoconfigure.ThreadPoolBulkheadMetricsAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerMetricsAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterMetricsAutoConfiguration;
import org.springframework.cloud.circuitbreaker.resilience4j.ReactiveResilience4JAutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayResilience4JCircuitBreakerAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Circuit breakers with Resilience4j. The class has no annotation, so that component
 * scanning does not find it; an {@link Annex} loads it. The order of the imports is the
 * one that their conditions need.
 */
@Import({ BulkheadAutoConfiguration.class, BulkheadMetricsAutoConfiguration.class,
		ThreadPoolBulkheadMetricsAutoConfiguration.class, TimeLimiterAutoConfiguration.class,
		TimeLimiterMetricsAutoConfiguration.class, CircuitBreakerAutoConfiguration.class,
		CircuitBreakerMetricsAutoConfiguration.class, ReactiveResilience4JAutoConfiguration.class,
		GatewayResilience4JCircuitBreakerAutoConfiguration.class })
class CircuitBreakerConfiguration {

}
