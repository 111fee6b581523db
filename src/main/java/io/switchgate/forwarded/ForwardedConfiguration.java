package io.switchgate.forwarded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the forwarded headers to everything that goes upstream, and counts by client.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

	@Bean
	ForwardedHeaders forwardedHeaders(ForwardedProperties properties) {
		return new ForwardedHeaders(properties.hops());
	}

	@Bean
	ClientAddressKeyResolver clientAddressKeyResolver(ForwardedProperties properties) {
		return new ClientAddressKeyResolver(properties.hops());
	}

}
