package io.switchgate.transport;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import reactor.netty.resources.LoopResources;

/**
 * Gives the management port one event loop of its own: a long answer there must not hold
 * up tunnels, nor tunnels a health check. Boot would share Reactor Netty's global loops,
 * one for each processor and each with a ring. Not annotated, so that no scan finds it
 * for the port of clients: {@code META-INF/spring} has its name.
 */
class ManagementLoopConfiguration {

	@Bean(destroyMethod = "dispose")
	LoopResources managementLoop() {
		return LoopResources.create("management", 1, true);
	}

	/**
	 * On NIO, which has no ring and no buffers to set up.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementLoopCustomizer(LoopResources managementLoop) {
		return (factory) -> factory.addServerCustomizers((server) -> server.runOn(managementLoop, false)
			.doOnChannelInit((observer, channel, address) -> IgnoredUpgrade.prepare(channel.pipeline())));
	}

}
