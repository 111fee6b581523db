package io.switchgate.journal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sets up the journal of handshakes.
 */
@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

	@Bean
	Journal journal(JournalProperties properties) {
		return new Journal(properties.records());
	}

	@Bean
	Redaction redaction(JournalProperties properties) {
		return new Redaction(properties);
	}

	@Bean
	HandshakeRecorders handshakeRecorders(Redaction redaction) {
		return new HandshakeRecorders(redaction);
	}

}
