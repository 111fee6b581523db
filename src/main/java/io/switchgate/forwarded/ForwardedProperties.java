package io.switchgate.forwarded;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the gateway believes about where a request comes from.
 *
 * @param trusted addresses of hops in front, as in 10.0.0.0/8 or 2001:db8::/32, whose
 * forwarded headers are kept and continued; those of anybody else are dropped
 */
@ConfigurationProperties("switchgate.forwarded")
record ForwardedProperties(@DefaultValue List<String> trusted) {

	ForwardedProperties {
		TrustedHops.of(trusted);
	}

	TrustedHops hops() {
		return TrustedHops.of(this.trusted);
	}

}
