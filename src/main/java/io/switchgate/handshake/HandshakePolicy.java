package io.switchgate.handshake;

import java.util.function.UnaryOperator;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.FilterOrder;
import io.switchgate.upstream.UpstreamHttpVersion;

/**
 * What a route's filters set for its handshakes.
 *
 * @param forwardUpgradeHeaders whether the upstream gets {@code Upgrade} and
 * {@code Connection}
 * @param upstreamHttpVersion HTTP version used towards the upstream
 * @param requiredVersion WebSocket version that the gateway requires
 */
public record HandshakePolicy(boolean forwardUpgradeHeaders, UpstreamHttpVersion upstreamHttpVersion,
		WebSocketVersion requiredVersion) {

	/**
	 * The policy of a route that has none of these filters.
	 */
	public static final HandshakePolicy DEFAULT = new HandshakePolicy(true, UpstreamHttpVersion.HTTP_1_1,
			WebSocketVersion.RFC_6455);

	HandshakePolicy withForwardUpgradeHeaders(boolean enabled) {
		return new HandshakePolicy(enabled, this.upstreamHttpVersion, this.requiredVersion);
	}

	HandshakePolicy withUpstreamHttpVersion(UpstreamHttpVersion version) {
		return new HandshakePolicy(this.forwardUpgradeHeaders, version, this.requiredVersion);
	}

	HandshakePolicy withRequiredVersion(WebSocketVersion version) {
		return new HandshakePolicy(this.forwardUpgradeHeaders, this.upstreamHttpVersion, version);
	}

	@Override
	public String toString() {
		return "ForwardUpgradeHeaders=" + this.forwardUpgradeHeaders + ", UpstreamHttpVersion="
				+ this.upstreamHttpVersion + ", RequireWebSocketVersion=" + this.requiredVersion;
	}

	/**
	 * Changes the policy of a handshake.
	 *
	 * @param description filter as the configuration has it
	 * @param change what it changes
	 */
	public record Filter(String description, UnaryOperator<HandshakePolicy> change) implements GatewayFilter, Ordered {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
			Handshake handshake = Handshake.find(exchange);
			if (handshake != null) {
				handshake.changePolicy(this.change);
			}
			return chain.filter(exchange);
		}

		@Override
		public int getOrder() {
			return FilterOrder.ROUTE_POLICY.value();
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

}
