package io.switchgate.handshake;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.FilterOrder;
import io.switchgate.tunnel.FrameMode;
import io.switchgate.tunnel.RateReaction;
import io.switchgate.tunnel.TunnelLimits;

/**
 * {@code TunnelLimits}: limits for the ends of a route's tunnels. Arguments have the
 * names of {@code switchgate.tunnel.limits}, whose values hold for missing arguments.
 * <pre>
 * - name: TunnelLimits
 *   args:
 *     message-size: 1MB
 *     idle-time: 5m
 * </pre>
 */
class TunnelLimitsGatewayFilterFactory extends AbstractGatewayFilterFactory<TunnelLimitsGatewayFilterFactory.Config> {

	private final TunnelLimits defaults;

	TunnelLimitsGatewayFilterFactory(TunnelLimits defaults) {
		super(Config.class);
		this.defaults = defaults;
	}

	@Override
	public GatewayFilter apply(Config config) {
		return new Filter(config.over(this.defaults));
	}

	/**
	 * Arguments of the filter, each as in {@link TunnelLimits} or null.
	 *
	 * @param mode what happens to frames that break RFC 6455
	 * @param messageSize payload of a message
	 * @param messagesPerSecond messages of an end in a second
	 * @param bytesPerSecond bytes of an end in a second
	 * @param rateReaction what happens to an end that sends faster
	 * @param pingsPerSecond pings and pongs of an end in a second
	 * @param idleTime time without a byte
	 * @param lifetime time in all
	 * @param lifetimeJitter percentage of it
	 * @param stallTime time without a byte taken
	 * @param pingAfter silence before a ping
	 * @param pongTimeout silence after a ping
	 * @param openTunnels tunnels of the route at once
	 */
	record Config(@Nullable FrameMode mode, @Nullable DataSize messageSize, @Nullable Integer messagesPerSecond,
			@Nullable DataSize bytesPerSecond, @Nullable RateReaction rateReaction, @Nullable Integer pingsPerSecond,
			@Nullable Duration idleTime, @Nullable Duration lifetime, @Nullable Integer lifetimeJitter,
			@Nullable Duration stallTime, @Nullable Duration pingAfter, @Nullable Duration pongTimeout,
			@Nullable Integer openTunnels) {

		TunnelLimits over(TunnelLimits base) {
			return new TunnelLimits(or(this.mode, base.mode()), or(this.messageSize, base.messageSize()),
					or(this.messagesPerSecond, base.messagesPerSecond()),
					or(this.bytesPerSecond, base.bytesPerSecond()), or(this.rateReaction, base.rateReaction()),
					or(this.pingsPerSecond, base.pingsPerSecond()), or(this.idleTime, base.idleTime()),
					or(this.lifetime, base.lifetime()), or(this.lifetimeJitter, base.lifetimeJitter()),
					or(this.stallTime, base.stallTime()), or(this.pingAfter, base.pingAfter()),
					or(this.pongTimeout, base.pongTimeout()), or(this.openTunnels, base.openTunnels()));
		}

		private static <T> T or(@Nullable T own, T base) {
			return Objects.requireNonNullElse(own, base);
		}

	}

	/**
	 * Sets the limits of a handshake's tunnel.
	 *
	 * @param limits limits of the route
	 */
	record Filter(TunnelLimits limits) implements GatewayFilter, Ordered {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
			Handshake handshake = Handshake.find(exchange);
			if (handshake != null) {
				handshake.limit(this.limits);
			}
			return chain.filter(exchange);
		}

		@Override
		public int getOrder() {
			return FilterOrder.ROUTE_POLICY.value();
		}

	}

}
