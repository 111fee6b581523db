package io.switchgate.observability;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.journal.Redaction;

/**
 * Traces tunnels if spans are collected.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TracingSwitch.ENDPOINT)
class TracingConfiguration {

	@Bean
	TunnelTracing tunnelTracing(Tracer tracer) {
		return new TunnelTracing(tracer);
	}

	@Bean
	SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters, Redaction redaction) {
		return SpanExporters
			.of(exporters.orderedStream().map((exporter) -> new SpanSecrets(exporter, redaction)).toList());
	}

}
