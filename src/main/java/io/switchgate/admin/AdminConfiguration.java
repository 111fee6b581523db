package io.switchgate.admin;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.switchgate.doctor.Closes;
import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.Drains;
import io.switchgate.journal.Journal;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Sets up the gateway's own endpoints.
 */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

	/**
	 * A thread that has been idle for this long ends.
	 */
	private static final int IDLE_SECONDS = 10;

	/**
	 * Runs operators' requests, JSON included, one at a time. Event loops are busy with
	 * tunnels, and many requests at once must not take processors from them.
	 */
	@Bean(destroyMethod = "dispose")
	Scheduler operators() {
		return Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "operators", IDLE_SECONDS, true);
	}

	@Bean
	TunnelsEndpoint tunnelsEndpoint(TunnelRegistry registry, DrainProperties drain, Scheduler operators) {
		return new TunnelsEndpoint(registry, drain.grace(), operators);
	}

	@Bean
	HandshakesEndpoint handshakesEndpoint(Journal journal, Scheduler operators) {
		return new HandshakesEndpoint(journal, operators);
	}

	@Bean
	Closes closes() {
		return new Closes();
	}

	@Bean
	ClosesEndpoint closesEndpoint(Closes closes, Scheduler operators) {
		return new ClosesEndpoint(closes, operators);
	}

	@Bean
	DrainEndpoint drainEndpoint(Drains drains, DrainProperties properties, RouteLocator routes, Scheduler operators) {
		return new DrainEndpoint(drains, properties, routes, operators);
	}

}
