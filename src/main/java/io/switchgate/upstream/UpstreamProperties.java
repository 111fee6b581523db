package io.switchgate.upstream;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

/**
 * How upstreams are spoken to.
 *
 * @param stallTime time that an upstream may take nothing of the body of a plain request;
 * stall-time in the metadata of a route overrides it there; 0s for any time
 * @param http2Connections connections over HTTP/2 that one event loop may have to one
 * upstream
 * @param http2Streams tunnels that may share one of them, if the upstream allows as many
 */
@ConfigurationProperties("switchgate.upstream")
public record UpstreamProperties(@DefaultValue("60s") Duration stallTime, @DefaultValue("1024") int http2Connections,
		@DefaultValue("100") int http2Streams) {

	/**
	 * Their windows together still are a window (RFC 9113, section 6.9.1).
	 */
	private static final int MAX_STREAMS = 10_000;

	public UpstreamProperties {
		Section own = Section.below("switchgate.upstream");
		own.require(!stallTime.isNegative(), "stall-time", stallTime, ">= 0");
		own.require(http2Connections > 0, "http2-connections", http2Connections, "> 0");
		own.require(http2Streams > 0 && http2Streams <= MAX_STREAMS, "http2-streams", http2Streams,
				"1 to " + MAX_STREAMS);
	}

}
