package io.switchgate.tunnel;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.switchgate.setting.Section;

/**
 * What the ends of a tunnel may do. Of rates each end has its own; with
 * permessage-deflate all sizes are those on the wire. Zero stands for no limit.
 *
 * @param mode what happens to frames that break RFC 6455
 * @param messageSize payload of a message over all its frames
 * @param messagesPerSecond messages that an end may send in a second
 * @param bytesPerSecond bytes that an end may send in a second
 * @param rateReaction what happens to an end that sends faster
 * @param pingsPerSecond pings and pongs that an end may send in a second
 * @param idleTime time without a byte of either end after which the tunnel ends
 * @param lifetime time after which the tunnel ends, whatever goes on in it
 * @param lifetimeJitter percentage of its lifetime that a tunnel may lose by chance, so
 * that tunnels opened together do not end together
 * @param stallTime time that an end may take nothing of what waits for it
 * @param pingAfter time of silence of an end after which the gateway pings it
 * @param pongTimeout time after such a ping by which the end must have sent something
 * @param openTunnels tunnels of one route that may be open at once
 */
public record TunnelLimits(@DefaultValue("lenient") FrameMode mode, @DefaultValue("0") DataSize messageSize,
		@DefaultValue("0") int messagesPerSecond, @DefaultValue("0") DataSize bytesPerSecond,
		@DefaultValue("slow") RateReaction rateReaction, @DefaultValue("100") int pingsPerSecond,
		@DefaultValue("0s") Duration idleTime, @DefaultValue("0s") Duration lifetime,
		@DefaultValue("10") int lifetimeJitter, @DefaultValue("60s") Duration stallTime,
		@DefaultValue("30s") Duration pingAfter, @DefaultValue("20s") Duration pongTimeout,
		@DefaultValue("0") int openTunnels) {

	private static final int ALL = 100;

	public TunnelLimits {
		Section own = Section.ANYWHERE;
		own.require(!messageSize.isNegative(), "message-size", messageSize, ">= 0");
		own.require(messagesPerSecond >= 0, "messages-per-second", messagesPerSecond, ">= 0");
		own.require(!bytesPerSecond.isNegative(), "bytes-per-second", bytesPerSecond, ">= 0");
		own.require(pingsPerSecond >= 0, "pings-per-second", pingsPerSecond, ">= 0");
		own.require(!idleTime.isNegative(), "idle-time", idleTime, ">= 0");
		own.require(!lifetime.isNegative(), "lifetime", lifetime, ">= 0");
		own.require(lifetimeJitter >= 0 && lifetimeJitter <= ALL, "lifetime-jitter", lifetimeJitter, "0 to " + ALL);
		own.require(!stallTime.isNegative(), "stall-time", stallTime, ">= 0");
		own.require(!pingAfter.isNegative(), "ping-after", pingAfter, ">= 0");
		own.require(!pongTimeout.isNegative() && !pongTimeout.isZero(), "pong-timeout", pongTimeout, "> 0");
		own.require(openTunnels >= 0, "open-tunnels", openTunnels, ">= 0");
	}

}
