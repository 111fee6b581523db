package io.switchgate.tunnel;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.switchgate.setting.Section;

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
		Section own = Section.below("switchgate.tunnel");
		own.require(isPositive(halfCloseTimeout), "half-close-timeout", halfCloseTimeout, "> 0");
		own.require(isPositive(closeTimeout), "close-timeout", closeTimeout, "> 0");
		own.require(isPositive(closeFrameTimeout), "close-frame-timeout", closeFrameTimeout, "> 0");
		own.require(isPositive(closeWait), "close-wait", closeWait, "> 0");
		own.require(!closeRate.isNegative(), "close-rate", closeRate, ">= 0B");
		own.require(isBuffer(receiveBuffer), "receive-buffer", receiveBuffer, "4KB to 16MB");
		own.require(isBuffer(sendBuffer), "send-buffer", sendBuffer, "4KB to 16MB");
		own.require(openTunnels >= 0, "open-tunnels", openTunnels, ">= 0");
	}

	private static boolean isPositive(Duration time) {
		return !time.isNegative() && !time.isZero();
	}

	private static boolean isBuffer(DataSize size) {
		return size.compareTo(SMALLEST_BUFFER) >= 0 && size.compareTo(LARGEST_BUFFER) <= 0;
	}

}
