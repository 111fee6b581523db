package io.switchgate.transport;

import java.time.Duration;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/**
 * Puts the server and every HTTP client of the gateway on the same event loops.
 */
@Configuration(proxyBeanMethods = false)
class TransportConfiguration {

	@Bean
	LoopResources eventLoops(TransportProperties properties) {
		return new EventLoops(properties.type(), properties.eventLoops());
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory(LoopResources eventLoops) {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setLoopResources(eventLoops);
		// Nothing is left to wait for: the server has stopped before.
		factory.setShutdownQuietPeriod(Duration.ZERO);
		return factory;
	}

	@Bean
	HttpClientCustomizer eventLoopsCustomizer(LoopResources eventLoops) {
		return (client) -> client.runOn(eventLoops).resolver((resolver) -> resolver.runOn(eventLoops));
	}

}
