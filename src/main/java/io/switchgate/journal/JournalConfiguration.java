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
	Traces traces(JournalProperties properties) {
		return new Traces(new Redaction(properties));
	}

}
