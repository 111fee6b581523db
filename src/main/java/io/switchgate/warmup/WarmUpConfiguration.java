package io.switchgate.warmup;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.resources.LoopResources;

import io.switchgate.handshake.WarmUpRoute;

/**
 * Warms the gateway up after its start.
 */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

	@Bean
	WarmUp warmUp(WarmUpProperties properties, WarmUpRoute route, LoopResources eventLoops, ServerProperties server,
			ConfigurableApplicationContext context) {
		return new WarmUp(properties, route, eventLoops, server, context);
	}

}
