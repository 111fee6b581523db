package io.switchgate.observability;

import java.util.Collection;
import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import io.switchgate.journal.Redaction;

/**
 * Removes secrets from spans before they are exported. Spring puts the path into them,
 * Spring Cloud Gateway the whole URI of the upstream, and Reactor the whole URI of the
 * request into the stack trace of every error. Only the type of an error remains.
 */
final class SpanSecrets implements SpanExporter {

	private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("exception.type");

	private final SpanExporter exporter;

	private final Redaction redaction;

	SpanSecrets(SpanExporter exporter, Redaction redaction) {
		this.exporter = exporter;
		this.redaction = redaction;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		return this.exporter.export(spans.stream().<SpanData>map(Shown::new).toList());
	}

	@Override
	public CompletableResultCode flush() {
		return this.exporter.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.exporter.shutdown();
	}

	/**
	 * A span without secrets.
	 */
	private final class Shown extends DelegatingSpanData {

		private Shown(SpanData span) {
			super(span);
		}

		@Override
		public Attributes getAttributes() {
			AttributesBuilder shown = super.getAttributes().toBuilder();
			super.getAttributes().forEach((key, value) -> {
				if (key.getType() == AttributeType.STRING) {
					shown.put(key.getKey(), SpanSecrets.this.redaction.uri((String) value));
				}
			});
			return shown.build();
		}

		@Override
		public List<EventData> getEvents() {
			return super.getEvents().stream().map(Shown::shown).toList();
		}

		private static EventData shown(EventData event) {
			String type = event.getAttributes().get(ERROR_TYPE);
			Attributes shown = (type != null) ? Attributes.of(ERROR_TYPE, type) : Attributes.empty();
			return EventData.create(event.getEpochNanos(), event.getName(), shown);
		}

		@Override
		public StatusData getStatus() {
			return StatusData.create(super.getStatus().getStatusCode(), "");
		}

	}

}
