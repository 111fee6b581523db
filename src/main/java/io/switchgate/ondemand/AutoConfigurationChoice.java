package io.switchgate.ondemand;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Excludes auto-configurations before their classes are loaded: unused ones, and those of
 * filters that are loaded {@link OnDemandFilterFactory on demand}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AutoConfigurationChoice implements AutoConfigurationImportFilter, EnvironmentAware {

	/**
	 * Auto-configurations of libraries on which Spring Cloud Gateway depends: aspects,
	 * task executors, HTTP clients for applications, repositories, transactions,
	 * discovery of services without a load balancer, beans that are rebound in place, and
	 * Jackson 2 next to 3.
	 */
	static final List<String> UNUSED = List.of(
			"org.springframework.boot.actuate.autoconfigure.endpoint.jackson.Jackson2Endpoint",
			"org.springframework.boot.autoconfigure.aop.", "org.springframework.boot.autoconfigure.task.",
			"org.springframework.boot.data.autoconfigure.",
			"org.springframework.boot.data.redis.autoconfigure.DataRedisRepositories",
			"org.springframework.boot.http.client.", "org.springframework.boot.http.converter.",
			"org.springframework.boot.micrometer.metrics.autoconfigure.task.",
			"org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasks",
			"org.springframework.boot.persistence.", "org.springframework.boot.restclient.",
			"org.springframework.boot.transaction.", "org.springframework.cloud.autoconfigure.",
			"org.springframework.cloud.client.", "org.springframework.cloud.commons.",
			"org.springframework.cloud.configuration.", "org.springframework.cloud.gateway.discovery.",
			"io.github.resilience4j.springboot3.micrometer.", "io.github.resilience4j.springboot3.ratelimiter.",
			"io.github.resilience4j.springboot3.retry.", "io.github.resilience4j.springboot3.scheduled.");

	/**
	 * Auto-configurations of filters that an {@link Annex} creates.
	 */
	static final List<String> FILTERS = List.of("org.springframework.cloud.circuitbreaker.",
			"org.springframework.cloud.gateway.config.GatewayRedis",
			"org.springframework.cloud.gateway.config.GatewayResilience4J");

	static final String REDIS = "org.springframework.boot.data.redis.";

	static final String RESILIENCE4J = "io.github.resilience4j.";

	private static final Set<String> ENDPOINTS = Set.of("*", "bulkheads", "bulkheadevents", "circuitbreakers",
			"circuitbreakerevents", "timelimiters", "timelimiterevents");

	private final List<String> out = new ArrayList<>(UNUSED);

	@Override
	public void setEnvironment(Environment environment) {
		this.out.addAll(FILTERS);
		if (!environment.getProperty("management.health.redis.enabled", Boolean.class, false)) {
			this.out.add(REDIS);
		}
		Set<String> endpoints = Binder.get(environment)
			.bind("management.endpoints.web.exposure.include", Bindable.setOf(String.class))
			.orElse(Set.of());
		if (endpoints.stream().noneMatch(ENDPOINTS::contains)
				&& !environment.getProperty("management.health.circuitbreakers.enabled", Boolean.class, false)) {
			this.out.add(RESILIENCE4J);
		}
	}

	@Override
	public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[classes.length];
		for (int i = 0; i < classes.length; i++) {
			String name = classes[i];
			matches[i] = name != null && this.out.stream().noneMatch(name::startsWith);
		}
		return matches;
	}

}
