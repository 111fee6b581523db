package io.switchgate.transport;

import java.time.Duration;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * Puts the server and every HTTP client of the gateway on the same event loops.
 */
@Configuration(proxyBeanMethods = false)
class TransportConfiguration {

	// Must run before any bean uses Netty.
	static {
		NettyMemory.bound();
	}

	@Bean
	OpenFiles openFiles(TransportProperties properties) {
		return new OpenFiles(properties.reservedFiles());
	}

	@Bean
	LoopResources eventLoops(TransportProperties properties, OpenFiles files) {
		return new EventLoops(properties.type(), properties.eventLoops(), files);
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory(LoopResources eventLoops) {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setLoopResources(eventLoops);
		// The server has stopped before, so there is nothing to wait for.
		factory.setShutdownQuietPeriod(Duration.ZERO);
		return factory;
	}

	@Bean
	NettyServerCustomizer bufferRingCustomizer(TransportProperties properties) {
		return (server) -> properties.usesIoUring() ? BufferRing.use(server) : server;
	}

	@Bean
	HttpClientCustomizer eventLoopsCustomizer(LoopResources eventLoops, TransportProperties properties) {
		return (client) -> {
			HttpClient placed = client.runOn(eventLoops).resolver((resolver) -> resolver.runOn(eventLoops));
			return properties.usesIoUring() ? BufferRing.use(placed) : placed;
		};
	}

}
