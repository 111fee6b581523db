package io.switchgate.ondemand;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class AutoConfigurationChoiceTests {

	private static final String REDIS = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration";

	private static final String BREAKER = "io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration";

	static Stream<String> prefixes() {
		return Stream
			.of(AutoConfigurationChoice.UNUSED, AutoConfigurationChoice.FILTERS,
					List.of(AutoConfigurationChoice.REDIS, AutoConfigurationChoice.RESILIENCE4J))
			.flatMap(List::stream);
	}

	@ParameterizedTest
	@MethodSource("prefixes")
	void everyPrefixIsThatOfAnAutoConfiguration(String prefix) {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.anyMatch((name) -> name.startsWith(prefix));
	}

	@Test
	void leavesOutAutoConfigurationsThatOnlySomeRoutesNeed() {
		assertThat(match("management.endpoints.web.exposure.include", "health, prometheus", REDIS, BREAKER,
				getClass().getName()))
			.containsExactly(false, false, true);
	}

	@ParameterizedTest
	@CsvSource({ "management.health.redis.enabled, true, true, false",
			"management.health.circuitbreakers.enabled, true, false, true",
			"management.endpoints.web.exposure.include, circuitbreakers, false, true",
			"management.endpoints.web.exposure.include, *, false, true" })
	void keepsAutoConfigurationsThatEndpointsShow(String property, String value, boolean redis, boolean breaker) {
		assertThat(match(property, value, REDIS, BREAKER)).containsExactly(redis, breaker);
	}

	private static boolean[] match(String property, String value, String... names) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(property, value)));
		AutoConfigurationChoice choice = new AutoConfigurationChoice();
		choice.setEnvironment(environment);
		return choice.match(names, mock(AutoConfigurationMetadata.class));
	}

}
