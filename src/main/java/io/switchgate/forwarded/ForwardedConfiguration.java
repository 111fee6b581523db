package io.switchgate.forwarded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells upstreams, and filters that count by client, where requests come from.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

	@Bean
	TrustedHops trustedHops(ForwardedProperties properties) {
		return properties.hops();
	}

	@Bean
	UntrustedHeaders untrustedHeaders(TrustedHops trusted) {
		return new UntrustedHeaders(trusted);
	}

	@Bean
	ForwardedHeaders forwardedHeaders() {
		return new ForwardedHeaders();
	}

	@Bean
	ClientAddressKeyResolver clientAddressKeyResolver(TrustedHops trusted) {
		return new ClientAddressKeyResolver(trusted);
	}

}
