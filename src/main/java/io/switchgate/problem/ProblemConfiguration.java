package io.switchgate.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets up the reporting of problems.
 */
@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {

	@Bean
	Problems problems(JsonMapper mapper, ProblemListener listener, ProblemProperties properties) {
		return new Problems(mapper, listener, properties.showUpstream());
	}

}
