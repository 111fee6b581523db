package io.switchgate.client;

import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.problem.ProblemListener;
import io.switchgate.problem.Problems;

/**
 * Properties and problems for connections in tests.
 */
final class Connections {

	private Connections() {
	}

	/**
	 * Returns default properties with another limit for early bytes.
	 */
	static ClientProperties properties(int earlyBytes) {
		return properties(Map.of("switchgate.client.early-bytes", earlyBytes + "B"));
	}

	static ClientProperties properties(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("switchgate.client",
				ClientProperties.class);
	}

	static Problems problems() {
		return problems((cause, status) -> {
		});
	}

	static Problems problems(ProblemListener listener) {
		return new Problems(new JsonMapper(), listener, false);
	}

}
