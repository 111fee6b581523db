package io.switchgate.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.FilterOrder;
import io.switchgate.handshake.Handshake;
import io.switchgate.journal.HandshakeListener;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelSnapshot;

/**
 * Adds spans to the span of a handshake, which Spring creates: one for each step of the
 * handshake and one for its tunnel.
 */
final class TunnelTracing implements GlobalFilter, Ordered, HandshakeListener, TunnelListener, HandshakeScope {

	private final Tracer tracer;

	/**
	 * Spans of handshakes in progress.
	 */
	private final Map<String, Span> handshakes = new ConcurrentHashMap<>();

	/**
	 * Spans of open tunnels.
	 */
	private final Map<String, Span> tunnels = new ConcurrentHashMap<>();

	TunnelTracing(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public int getOrder() {
		return FilterOrder.TRACING.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Handshake handshake = Handshake.find(exchange);
		Span span = span(exchange);
		if (handshake != null && span != null && Boolean.TRUE.equals(span.context().sampled())) {
			span.tag("switchgate.handshake", handshake.id());
			this.handshakes.put(handshake.id(), span);
		}
		return chain.filter(exchange);
	}

	private static @Nullable Span span(ServerWebExchange exchange) {
		return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
			.map((request) -> (TracingContext) request.get(TracingContext.class))
			.map(TracingContext::getSpan)
			.orElse(null);
	}

	@Override
	@SuppressWarnings("try") // It is enough that the scope is there.
	public void within(String handshake, Runnable action) {
		try (Tracer.SpanInScope scope = this.tracer.withSpan(this.handshakes.get(handshake))) {
			action.run();
		}
	}

	@Override
	public void finished(HandshakeRecord handshake) {
		Span span = this.handshakes.remove(handshake.id());
		if (span == null) {
			return;
		}
		Instant time = handshake.begun();
		time = step(span, "route", time, handshake.times().route());
		time = step(span, "dial", time, handshake.times().dial());
		step(span, "answer", time, handshake.times().answer());
	}

	private Instant step(Span parent, String name, Instant start, @Nullable Duration duration) {
		if (duration == null) {
			return start;
		}
		Instant end = start.plus(duration);
		this.tracer.spanBuilder()
			.setParent(parent.context())
			.name(name)
			.startTimestamp(micros(start), TimeUnit.MICROSECONDS)
			.start()
			.end(micros(end), TimeUnit.MICROSECONDS);
		return end;
	}

	private static long micros(Instant time) {
		return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(time.getNano());
	}

	@Override
	public void opened(Tunnel tunnel) {
		Span handshake = this.handshakes.get(tunnel.id());
		if (handshake != null) {
			TraceContext context = handshake.context();
			this.tunnels.put(tunnel.id(),
					this.tracer.spanBuilder()
						.setParent(context)
						.addLink(new Link(context))
						.name("tunnel")
						.tag("switchgate.handshake", tunnel.id())
						.tag("switchgate.route", tunnel.terms().route())
						.start());
		}
	}

	@Override
	public void closed(Tunnel tunnel) {
		Span span = this.tunnels.remove(tunnel.id());
		if (span != null) {
			TunnelSnapshot end = tunnel.snapshot();
			span.tag("switchgate.cause", TunnelMetrics.cause(tunnel))
				.tag("switchgate.code", tunnel.closeCode())
				.tag("switchgate.client.messages", end.client().messages())
				.tag("switchgate.upstream.messages", end.upstream().messages())
				.end();
		}
	}

}
