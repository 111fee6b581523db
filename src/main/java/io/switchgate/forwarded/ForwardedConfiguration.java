package io.switchgate.forwarded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the forwarded headers to everything that goes upstream, and counts by client.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

	@Bean
	TrustedHops trustedHops(ForwardedProperties properties) {
		return properties.hops();
	}

	@Bean
	ForwardedHeaders forwardedHeaders(TrustedHops trusted) {
		return new ForwardedHeaders(trusted);
	}

	@Bean
	ClientAddressKeyResolver clientAddressKeyResolver(TrustedHops trusted) {
		return new ClientAddressKeyResolver(trusted);
	}

}
