package io.switchgate;

import io.github.resilience4j.springboot3.micrometer.autoconfigure.TimerAutoConfiguration;
import io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterMetricsAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryMetricsAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;

import io.switchgate.probe.ProbeCommand;
import io.switchgate.routes.CheckCommand;

/**
 * Starts the gateway, or runs a command.
 *
 * <p>
 * What is excluded comes along with what Spring Cloud Gateway, its circuit breaker and
 * its rate limiter depend on, and nothing here uses it: transactions, repositories,
 * another HTTP client, aspects, and Jackson 2 beside 3.
 */
@SpringBootApplication(
		exclude = { AopAutoConfiguration.class, DataRedisRepositoriesAutoConfiguration.class,
				PersistenceExceptionTranslationAutoConfiguration.class, RateLimiterAutoConfiguration.class,
				RateLimiterMetricsAutoConfiguration.class, RestClientAutoConfiguration.class,
				RetryAutoConfiguration.class, RetryMetricsAutoConfiguration.class, TimerAutoConfiguration.class,
				TransactionAutoConfiguration.class, TransactionManagerCustomizationAutoConfiguration.class },
		excludeName = "org.springframework.boot.actuate.autoconfigure.endpoint.jackson.Jackson2EndpointAutoConfiguration")
@ConfigurationPropertiesScan
public class SwitchgateApplication {

	private static final int MISUSED = 2;

	public static void main(String[] args) {
		if (args.length > 0 && !args[0].startsWith("-")) {
			System.exit(run(args));
		}
		SpringApplication.run(SwitchgateApplication.class, args);
	}

	private static int run(String... args) {
		return switch (args[0]) {
			case CheckCommand.NAME -> new CheckCommand(SwitchgateApplication.class, System.out, System.err).run(args);
			case ProbeCommand.NAME -> new ProbeCommand(System.out, System.err).run(args);
			default -> {
				System.err.println("command: " + args[0] + " (expected: " + CheckCommand.NAME + ", " + ProbeCommand.NAME
						+ ", or none to start)");
				yield MISUSED;
			}
		};
	}

}
