package io.switchgate.tunnel;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tunnels end.
 *
 * @param halfCloseTimeout time that the other direction stays open after one end has sent
 * its FIN, so that an answer to a last message still arrives
 * @param closeTimeout time that bytes on their way to one end may still take after the
 * other end is gone
 */
@ConfigurationProperties("switchgate.tunnel")
public record TunnelProperties(@DefaultValue("10s") Duration halfCloseTimeout,
		@DefaultValue("1s") Duration closeTimeout) {

	public TunnelProperties {
		requirePositive("half-close-timeout", halfCloseTimeout);
		requirePositive("close-timeout", closeTimeout);
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("switchgate.tunnel." + name + ": " + value + " (expected: > 0)");
		}
	}

}
