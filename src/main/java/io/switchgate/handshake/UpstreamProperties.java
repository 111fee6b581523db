package io.switchgate.handshake;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What upstreams may take for plain requests.
 *
 * @param stallTime time that an upstream may take nothing of a request body that waits
 * for it; stall-time in the metadata of a route overrides it there; 0s for any time
 */
@ConfigurationProperties("switchgate.upstream")
record UpstreamProperties(@DefaultValue("60s") Duration stallTime) {

	UpstreamProperties {
		if (stallTime.isNegative()) {
			throw new IllegalArgumentException("switchgate.upstream.stall-time: " + stallTime + " (expected: >= 0)");
		}
	}

}
