package io.switchgate.ondemand;

import java.util.List;
import java.util.Objects;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.observation.LettuceObservationAutoConfiguration;
import org.springframework.cloud.gateway.filter.factory.RequestRateLimiterGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Rate limiter that counts in Redis. The class has no annotation, so that component
 * scanning does not find it; an {@link Annex} loads it. The order of the imports is the
 * one that their conditions need.
 */
@Import({ DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class,
		LettuceObservationAutoConfiguration.class })
class RateLimiterConfiguration {

	@Bean
	RedisRateLimiter redisRateLimiter(ReactiveStringRedisTemplate redis, ConfigurationService configuration) {
		@SuppressWarnings({ "unchecked", "rawtypes" })
		RedisScript<List<Long>> script = (RedisScript) RedisScript
			.of(new ClassPathResource("META-INF/scripts/request_rate_limiter.lua"), List.class);
		return new RedisRateLimiter(redis, script, configuration);
	}

	/**
	 * Registers the limiter with the gateway, whose events tell it each route's
	 * arguments, and whose routes may name it.
	 */
	@Bean
	RequestRateLimiterGatewayFilterFactory requestRateLimiter(RedisRateLimiter redisRateLimiter, KeyResolver clients,
			ConfigurableListableBeanFactory beans) {
		ConfigurableBeanFactory gateway = (ConfigurableBeanFactory) Objects
			.requireNonNull(beans.getParentBeanFactory());
		gateway.getBean(ApplicationEventMulticaster.class).addApplicationListener(redisRateLimiter);
		gateway.registerSingleton("redisRateLimiter", redisRateLimiter);
		return new RequestRateLimiterGatewayFilterFactory(redisRateLimiter, clients);
	}

}
