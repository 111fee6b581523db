package io.switchgate.observability;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Leaves tracing out if spans are not exported, because they would cost something with
 * every handshake.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

	/**
	 * Property with the address to which spans are exported.
	 */
	static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

	private boolean on;

	@Override
	public void setEnvironment(Environment environment) {
		this.on = environment.containsProperty(ENDPOINT);
	}

	@Override
	public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[classes.length];
		for (int i = 0; i < classes.length; i++) {
			matches[i] = this.on || !isOfTracing(classes[i]);
		}
		return matches;
	}

	private static boolean isOfTracing(@Nullable String name) {
		return name != null && (name.startsWith("org.springframework.boot.micrometer.tracing.")
				|| name.startsWith("org.springframework.boot.opentelemetry."));
	}

}
