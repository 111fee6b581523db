package io.switchgate.handshake;

import java.util.List;
import java.util.Set;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.switchgate.drain.Drains;
import io.switchgate.forwarded.TrustedHops;
import io.switchgate.journal.HandshakeListener;
import io.switchgate.journal.HandshakeRecorders;
import io.switchgate.journal.Redaction;
import io.switchgate.problem.Problems;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelProperties;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.Tunnels;
import io.switchgate.upstream.UpstreamDialer;
import io.switchgate.upstream.UpstreamProperties;

/**
 * Routes upgrades through the gateway's filter chain.
 */
@Configuration(proxyBeanMethods = false)
class HandshakeConfiguration {

	@Bean
	ForwardUpgradeHeadersGatewayFilterFactory forwardUpgradeHeadersGatewayFilterFactory() {
		return new ForwardUpgradeHeadersGatewayFilterFactory();
	}

	@Bean
	UpstreamHttpVersionGatewayFilterFactory upstreamHttpVersionGatewayFilterFactory() {
		return new UpstreamHttpVersionGatewayFilterFactory();
	}

	@Bean
	RequireWebSocketVersionGatewayFilterFactory requireWebSocketVersionGatewayFilterFactory() {
		return new RequireWebSocketVersionGatewayFilterFactory();
	}

	/**
	 * Comes before the other listeners, so that they can ask it about tunnels.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	TunnelRegistry tunnelRegistry() {
		return new TunnelRegistry();
	}

	@Bean
	Tunnels tunnels(TunnelProperties properties, List<TunnelListener> listeners) {
		return new Tunnels(properties, listeners);
	}

	@Bean
	TunnelLimitsGatewayFilterFactory tunnelLimitsGatewayFilterFactory(TunnelProperties properties) {
		return new TunnelLimitsGatewayFilterFactory(properties.limits());
	}

	@Bean
	SwitchFilter switchFilter(Tunnels tunnels, OpenTunnels open) {
		return new SwitchFilter(tunnels, open);
	}

	@Bean
	HandshakeCarrier handshakeCarrier(HandshakeRecorders recorders, TrustedHops trusted, TunnelProperties tunnels,
			HandshakeProperties properties, List<HandshakeListener> listeners) {
		return new HandshakeCarrier(recorders, trusted, tunnels.limits(), new Arrivals(properties.rateWait()),
				listeners);
	}

	@Bean
	WebHttpHandlerBuilderCustomizer handshakesOfClients(HandshakeCarrier carrier, WarmUpRoute warmUp,
			ObjectProvider<Tracer> tracer) {
		// Only the way of all requests has the observation that a span needs.
		boolean observed = tracer.getIfAvailable() != null;
		return (builder) -> builder.httpHandlerDecorator(
				(handler) -> carrier.around(handler, observed ? null : HandshakePath.toRoutes(handler), warmUp));
	}

	@Bean
	AdmissionFilter admissionFilter(HandshakeProperties properties, Drains drains) {
		return new AdmissionFilter(properties, drains);
	}

	@Bean
	ConnectionHeaders connectionHeaders(ObjectProvider<RemoveHopByHopHeadersFilter> filter) {
		RemoveHopByHopHeadersFilter hopByHop = filter.getIfAvailable();
		return new ConnectionHeaders((hopByHop != null) ? hopByHop.getHeaders() : Set.of());
	}

	@Bean
	ExactPathFilter exactPathFilter() {
		return new ExactPathFilter();
	}

	@Bean
	OpenTunnels openTunnels(TunnelProperties properties) {
		return new OpenTunnels(properties);
	}

	@Bean
	HandshakeHeaders handshakeHeaders(List<HttpHeadersFilter> filters, ObjectProvider<Tracer> tracer) {
		return new HandshakeHeaders(filters, tracer.getIfAvailable() != null);
	}

	@Bean
	PlainRequestFilter plainRequestFilter(HttpClientProperties client, UpstreamProperties upstream) {
		return new PlainRequestFilter(client, upstream);
	}

	@Bean
	UpgradeRoutingFilter upgradeRoutingFilter(UpstreamDialer dialer, HandshakeProperties properties, OpenTunnels open,
			Drains drains, HandshakeHeaders handshakeHeaders) {
		return new UpgradeRoutingFilter(dialer, properties, open, drains, handshakeHeaders);
	}

	/**
	 * Has filters of its own where those of the other handshakes count or list what they
	 * see.
	 */
	@Bean
	WarmUpRoute warmUpRoute(NettyWriteResponseFilter write, UpgradeRoutingFilter routing,
			HandshakeProperties properties, TunnelProperties tunnels, Drains drains) {
		OpenTunnels open = new OpenTunnels(tunnels);
		return new WarmUpRoute(
				List.of(new SwitchFilter(new Tunnels(tunnels, List.of(new TunnelRegistry(), open)), open), write,
						new AdmissionFilter(properties, drains), new ExactPathFilter(), routing.counting(open)));
	}

	@Bean
	ProblemHandler problemHandler(Problems problems, Redaction redaction) {
		return new ProblemHandler(problems, redaction);
	}

}
