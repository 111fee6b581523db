package io.switchgate.handshake;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How handshakes are carried.
 *
 * @param timeout time from dialling the upstream to its answer; handshake-timeout in the
 * metadata of a route overrides it there
 * @param acceptHttp10 whether handshakes over HTTP/1.0 are accepted
 * @param earlyBytes bytes behind a handshake that wait for its answer before reading from
 * the client stops
 */
@ConfigurationProperties("switchgate.handshake")
record HandshakeProperties(@DefaultValue("10s") Duration timeout, @DefaultValue("false") boolean acceptHttp10,
		@DefaultValue("64KB") DataSize earlyBytes) {

	private static final long MAX_EARLY_BYTES = DataSize.ofMegabytes(16).toBytes();

	HandshakeProperties {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("switchgate.handshake.timeout: " + timeout + " (expected: > 0)");
		}
		if (earlyBytes.toBytes() < 1 || earlyBytes.toBytes() > MAX_EARLY_BYTES) {
			throw new IllegalArgumentException(
					"switchgate.handshake.early-bytes: " + earlyBytes + " (expected: 1B to 16MB)");
		}
	}

}
