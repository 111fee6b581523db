package io.switchgate.console;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.drain.Drains;
import io.switchgate.journal.Journal;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Sets up the console.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

	@Bean
	Observer consoleObserver(TunnelRegistry tunnels, Journal journal, Drains drains, MeterRegistry meters,
			EndpointAccessResolver access) {
		Summary.Writes writes = new Summary.Writes(mayWrite("tunnels", access), mayWrite("drain", access));
		return new Observer(tunnels, journal, drains, meters, writes);
	}

	/**
	 * Converts each summary to text once for all listeners. Spring would create three
	 * buffers for each listener, and leak one if a listener leaves at the wrong moment.
	 */
	@Bean
	Feed consoleFeed(Observer observer, JsonMapper mapper, Scheduler operators) {
		return new Feed(Mono.fromCallable(() -> mapper.writeValueAsString(observer.look())).subscribeOn(operators));
	}

	private static boolean mayWrite(String endpoint, EndpointAccessResolver access) {
		return access.accessFor(EndpointId.of(endpoint), Access.READ_ONLY) == Access.UNRESTRICTED;
	}

	@Bean
	ConsoleEndpoint consoleEndpoint(Feed feed) {
		return new ConsoleEndpoint(feed);
	}

}
