package io.switchgate.forwarded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the forwarded headers to everything that goes upstream.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

	@Bean
	SocketForwardedHeaders socketForwardedHeaders() {
		return new SocketForwardedHeaders();
	}

}
