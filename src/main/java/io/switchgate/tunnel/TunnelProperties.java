package io.switchgate.tunnel;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How tunnels end.
 *
 * @param halfCloseTimeout time that the other direction may be quiet after one end has
 * sent its FIN, so that an answer to a last message still arrives
 * @param closeTimeout time for an end to close its connection after the last byte and the
 * FIN that the gateway sent
 * @param receiveBuffer kernel buffer for bytes that an end has sent and the gateway has
 * not read
 * @param sendBuffer kernel buffer for bytes that an end has not taken; on NIO for those
 * on the way as well
 * @param closeFrameTimeout time that both directions may be quiet after the close frame
 * of one end
 * @param closeWait time that an end may take to answer a close frame of the gateway
 * @param closeRate bytes that an end must take in a second, on average over stall-time,
 * of what waits for it when its tunnel ends; 0 if one byte in that time is enough
 * @param openTunnels tunnels that may be open at once on all routes; 0 for any number
 * @param limits what the ends of every tunnel may do; the filter TunnelLimits overrides
 * each for its route
 */
@ConfigurationProperties("switchgate.tunnel")
public record TunnelProperties(@DefaultValue("10s") Duration halfCloseTimeout,
		@DefaultValue("1s") Duration closeTimeout, @DefaultValue("128KB") DataSize receiveBuffer,
		@DefaultValue("128KB") DataSize sendBuffer, @DefaultValue("30s") Duration closeFrameTimeout,
		@DefaultValue("3s") Duration closeWait, @DefaultValue("240B") DataSize closeRate,
		@DefaultValue("0") int openTunnels, @DefaultValue @NestedConfigurationProperty TunnelLimits limits) {

	private static final DataSize SMALLEST_BUFFER = DataSize.ofKilobytes(4);

	private static final DataSize LARGEST_BUFFER = DataSize.ofMegabytes(16);

	public TunnelProperties {
		requirePositive("half-close-timeout", halfCloseTimeout);
		requirePositive("close-timeout", closeTimeout);
		requirePositive("close-frame-timeout", closeFrameTimeout);
		requirePositive("close-wait", closeWait);
		if (closeRate.isNegative()) {
			throw new IllegalArgumentException("switchgate.tunnel.close-rate: " + closeRate + " (expected: >= 0B)");
		}
		requireBuffer("receive-buffer", receiveBuffer);
		requireBuffer("send-buffer", sendBuffer);
		if (openTunnels < 0) {
			throw new IllegalArgumentException("switchgate.tunnel.open-tunnels: " + openTunnels + " (expected: >= 0)");
		}
	}

	private static void requireBuffer(String name, DataSize value) {
		if (value.compareTo(SMALLEST_BUFFER) < 0 || value.compareTo(LARGEST_BUFFER) > 0) {
			throw new IllegalArgumentException("switchgate.tunnel." + name + ": " + value + " (expected: 4KB to 16MB)");
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("switchgate.tunnel." + name + ": " + value + " (expected: > 0)");
		}
	}

}
