package io.switchgate.client;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.switchgate.forwarded.TrustedHops;
import io.switchgate.problem.Problems;

/**
 * Puts the gate in front of every client, but not in front of the management port, which
 * must answer when there is no room for clients.
 */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

	/**
	 * After Boot's own, which sets limits that are too low for the gate's.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> clientConnections(ClientProperties properties,
			TrustedHops trusted, Problems problems) {
		ClientConnections connections = new ClientConnections(properties, trusted, problems);
		return (factory) -> factory.addServerCustomizers(connections::customize);
	}

	@Bean
	PathCheck pathCheck(ClientProperties properties) {
		return new PathCheck(properties.encodedSlashes());
	}

}
