package io.switchgate.transport;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import reactor.netty.resources.LoopResources;

/**
 * Gives the management port an event loop of its own, so that a long answer there does
 * not delay tunnels, and tunnels do not delay a health check. Boot would use Reactor
 * Netty's global loops, one for each processor and each with a ring. The class has no
 * annotation, so that component scanning does not find it for the clients' port;
 * {@code META-INF/spring} names it instead.
 */
class ManagementLoopConfiguration {

	@Bean(destroyMethod = "dispose")
	LoopResources managementLoop() {
		return LoopResources.create("management", 1, true);
	}

	/**
	 * Uses NIO, which needs no ring and no buffers.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementLoopCustomizer(LoopResources managementLoop) {
		return (factory) -> factory.addServerCustomizers((server) -> server.runOn(managementLoop, false)
			.doOnChannelInit((observer, channel, address) -> IgnoredUpgrade.prepare(channel.pipeline())));
	}

}
