package io.switchgate.configuration;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.Drains;
import io.switchgate.journal.Redaction;
import io.switchgate.routes.RouteFactories;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Checks the configuration at the start, and replaces the routes while the gateway runs.
 */
@Configuration(proxyBeanMethods = false)
class CheckConfiguration {

	@Bean
	static Findings firstFindings(ConfigurableEnvironment environment) {
		return new Findings(new Places(environment));
	}

	@Bean
	static FirstBinding firstBinding(Findings findings) {
		return new FirstBinding(findings);
	}

	@Bean
	RouteCheck routeCheck(RouteFactories factories, Redaction redaction) {
		return new RouteCheck(factories, redaction);
	}

	@Bean
	PropertiesCheck propertiesCheck(ConfigurableApplicationContext context, Validator validator) {
		return new PropertiesCheck(context, validator);
	}

	@Bean
	FirstRoutes firstRoutes(GatewayProperties properties, ConfigurableEnvironment environment, CandidateCheck check,
			PropertiesCheck names, Findings findings) {
		return new FirstRoutes(properties, environment, check, names, findings);
	}

	@Bean
	CandidateCheck candidateCheck(RouteCheck routes, PropertiesCheck properties) {
		return new CandidateCheck(routes, properties);
	}

	@Bean
	RetiredTunnels retiredTunnels(TunnelRegistry registry, Drains drains, DrainProperties properties) {
		return new RetiredTunnels(registry, drains, properties);
	}

	@Bean
	RouteTable routeTable(GatewayProperties live, ConfigurableApplicationContext publisher) {
		return new RouteTable(live, publisher);
	}

	@Bean
	RouteUpdate routeUpdate(RouteTable table, RouteCheck routes, RetiredTunnels tunnels, RoutesProperties properties) {
		return new RouteUpdate(table, routes, tunnels, properties);
	}

	@Bean
	Reload reload(ConfigurableEnvironment environment, CandidateCheck check, RouteUpdate update,
			List<ReloadListener> listeners) {
		return new Reload(environment, check, update, listeners);
	}

	@Bean
	ConfigurationWatch configurationWatch(ConfigurableEnvironment environment, Reload reload,
			RoutesProperties properties) {
		ConfigurationFiles files = ConfigurationFiles.of(environment);
		return new ConfigurationWatch(() -> Stream.concat(files.list().stream(), reload.files().stream()), reload::run,
				reload::fail, properties.watchInterval());
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	RefreshEndpoint refreshEndpoint(Reload reload) {
		return new RefreshEndpoint(reload);
	}

}
