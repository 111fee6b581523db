package io.switchgate.console;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.drain.Drains;
import io.switchgate.journal.Journal;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Sets up the console.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

	@Bean
	Feed consoleFeed(TunnelRegistry tunnels, Journal journal, Drains drains, MeterRegistry meters,
			EndpointAccessResolver access) {
		Summary.Writes writes = new Summary.Writes(mayWrite("tunnels", access), mayWrite("drain", access));
		return new Feed(new Observer(tunnels, journal, drains, meters, writes).look());
	}

	private static boolean mayWrite(String endpoint, EndpointAccessResolver access) {
		return access.accessFor(EndpointId.of(endpoint), Access.READ_ONLY) == Access.UNRESTRICTED;
	}

	@Bean
	ConsoleEndpoint consoleEndpoint(Feed feed) {
		return new ConsoleEndpoint(feed);
	}

}
