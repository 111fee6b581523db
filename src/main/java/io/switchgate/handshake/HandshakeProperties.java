package io.switchgate.handshake;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How handshakes are carried.
 *
 * @param timeout time from dialling the upstream to its answer; handshake-timeout in the
 * metadata of a route overrides it there
 * @param acceptHttp10 whether handshakes over HTTP/1.0 are accepted
 * @param inFlight handshakes of one route that may be under way at once
 * @param rate handshakes in a second, of all routes; 0 stands for 500 for each processor
 * @param rateWait time that a handshake over the rate may wait for its turn, so that a
 * storm of reconnects is admitted in a steady stream
 * @param http2Connections connections over HTTP/2 that one event loop may have to one
 * upstream
 * @param http2Streams tunnels that may share one of them, if the upstream allows as many
 */
@ConfigurationProperties("switchgate.handshake")
record HandshakeProperties(@DefaultValue("10s") Duration timeout, @DefaultValue("false") boolean acceptHttp10,
		@DefaultValue("1024") int inFlight, @DefaultValue("0") int rate, @DefaultValue("5s") Duration rateWait,
		@DefaultValue("1024") int http2Connections, @DefaultValue("100") int http2Streams) {

	private static final int MAX_RATE = 1_000_000;

	/**
	 * Their windows together still are a window (RFC 9113, section 6.9.1).
	 */
	private static final int MAX_STREAMS = 10_000;

	HandshakeProperties {
		require(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout, "> 0");
		require(inFlight > 0, "in-flight", inFlight, "> 0");
		require(rate >= 0 && rate <= MAX_RATE, "rate", rate, "0 to " + MAX_RATE);
		require(!rateWait.isNegative(), "rate-wait", rateWait, ">= 0");
		require(http2Connections > 0, "http2-connections", http2Connections, "> 0");
		require(http2Streams > 0 && http2Streams <= MAX_STREAMS, "http2-streams", http2Streams, "1 to " + MAX_STREAMS);
	}

	private static void require(boolean condition, String name, Object value, String expected) {
		if (!condition) {
			throw new IllegalArgumentException(
					"switchgate.handshake." + name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
