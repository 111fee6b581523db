package io.switchgate.handshake;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.tunnel.EarlyBytes;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelProperties;
import io.switchgate.tunnel.Tunnels;

/**
 * Puts upgrades on the way through the gateway's filter chain.
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

	@Bean
	NettyServerCustomizer earlyBytesCustomizer(HandshakeProperties properties) {
		int limit = Math.toIntExact(properties.earlyBytes().toBytes());
		return (server) -> server.doOnChannelInit((observer, channel, address) -> EarlyBytes.install(channel, limit));
	}

	@Bean
	Tunnels tunnels(TunnelProperties properties, TunnelListener listener) {
		return new Tunnels(properties, listener);
	}

	@Bean
	SwitchFilter switchFilter(Tunnels tunnels, HandshakeListener listener) {
		return new SwitchFilter(tunnels, listener);
	}

	@Bean
	ExactPathFilter exactPathFilter() {
		return new ExactPathFilter();
	}

	@Bean
	UpgradeRoutingFilter upgradeRoutingFilter(UpstreamDialer dialer, HandshakeProperties properties,
			ObjectProvider<List<HttpHeadersFilter>> headersFilters) {
		return new UpgradeRoutingFilter(dialer, properties, headersFilters);
	}

	@Bean
	UpstreamDialer upstreamDialer(HttpClientProperties properties, SslBundles bundles,
			List<HttpClientCustomizer> customizers) {
		return new UpstreamDialer(new UpgradeHttpClientFactory(properties, bundles, customizers).client());
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper mapper) {
		return new ProblemHandler(mapper);
	}

}
