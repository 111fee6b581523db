package io.switchgate.forwarded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the forwarded headers to everything that goes upstream, and counts by client.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

	@Bean
	SocketForwardedHeaders socketForwardedHeaders() {
		return new SocketForwardedHeaders();
	}

	@Bean
	ClientAddressKeyResolver clientAddressKeyResolver() {
		return new ClientAddressKeyResolver();
	}

}
