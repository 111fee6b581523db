package io.switchgate.client;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.switchgate.setting.Section;

/**
 * What a client's connection may take.
 *
 * @param headSize bytes of a request head, from the request line to the empty line
 * @param headFields header lines of a request
 * @param headTimeout time from the connection, or from the last answer, to the end of a
 * request head, however its bytes trickle in
 * @param bodyTimeout time between two pieces of a request body, and from an answer that
 * came before the end of the body to that end
 * @param stallTime time that a client may take nothing of an answer that waits for it;
 * stall-time in the metadata of a route overrides it there; 0s for any time
 * @param lingerTime time for which what a client still sends is read and dropped after
 * the last answer of its connection, so that no reset overtakes that answer
 * @param tlsHandshakeTimeout time from the connection to the end of the TLS handshake
 * @param earlyBytes bytes behind a request that wait for its answer before reading stops
 * @param connections connections of clients in all; 0 stands for as many as there are
 * files for
 * @param connectionsPerAddress connections of one client address, hops that
 * switchgate.forwarded.trusted names aside; 0 stands for no limit of its own
 * @param streams streams of one HTTP/2 connection that may be open at once
 * @param underscores whether header names may have underscores, which many upstreams take
 * for hyphens
 * @param encodedSlashes whether paths may have %2F, which some upstreams take for a slash
 * @param proxyProtocol whether the hops that switchgate.forwarded.trusted names begin
 * each connection with a header of the PROXY protocol, version 1 or 2
 */
@ConfigurationProperties("switchgate.client")
record ClientProperties(@DefaultValue("16KB") DataSize headSize, @DefaultValue("100") int headFields,
		@DefaultValue("10s") Duration headTimeout, @DefaultValue("30s") Duration bodyTimeout,
		@DefaultValue("60s") Duration stallTime, @DefaultValue("5s") Duration lingerTime,
		@DefaultValue("10s") Duration tlsHandshakeTimeout, @DefaultValue("64KB") DataSize earlyBytes,
		@DefaultValue("0") int connections, @DefaultValue("0") int connectionsPerAddress,
		@DefaultValue("100") int streams, @DefaultValue("false") boolean underscores,
		@DefaultValue("false") boolean encodedSlashes, @DefaultValue("false") boolean proxyProtocol) {

	private static final long MIN_HEAD_SIZE = 256;

	private static final long MAX_HEAD_SIZE = DataSize.ofMegabytes(1).toBytes();

	/**
	 * Their windows together still are a window (RFC 9113, section 6.9.1).
	 */
	private static final int MAX_STREAMS = 10_000;

	private static final long MAX_EARLY_BYTES = DataSize.ofMegabytes(16).toBytes();

	ClientProperties {
		Section own = Section.below("switchgate.client");
		own.require(headSize.toBytes() >= MIN_HEAD_SIZE && headSize.toBytes() <= MAX_HEAD_SIZE, "head-size", headSize,
				"256B to 1MB");
		own.require(headFields > 0, "head-fields", headFields, "> 0");
		own.require(isPositive(headTimeout), "head-timeout", headTimeout, "> 0");
		own.require(isPositive(bodyTimeout), "body-timeout", bodyTimeout, "> 0");
		own.require(!stallTime.isNegative(), "stall-time", stallTime, ">= 0");
		own.require(isPositive(lingerTime), "linger-time", lingerTime, "> 0");
		own.require(isPositive(tlsHandshakeTimeout), "tls-handshake-timeout", tlsHandshakeTimeout, "> 0");
		own.require(earlyBytes.toBytes() > 0 && earlyBytes.toBytes() <= MAX_EARLY_BYTES, "early-bytes", earlyBytes,
				"1B to 16MB");
		own.require(streams > 0 && streams <= MAX_STREAMS, "streams", streams, "1 to " + MAX_STREAMS);
		own.require(connections >= 0, "connections", connections, ">= 0");
		own.require(connectionsPerAddress >= 0, "connections-per-address", connectionsPerAddress, ">= 0");
	}

	private static boolean isPositive(Duration time) {
		return !time.isNegative() && !time.isZero();
	}

	HeadScanner headScanner() {
		return new HeadScanner(Math.toIntExact(this.headSize.toBytes()), this.headFields, this.underscores);
	}

}
