package io.switchgate.configuration;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

/**
 * How routes change while the gateway runs.
 *
 * @param onChange what happens to tunnels of a route that was changed; on-change in its
 * metadata overrides it there
 * @param onRemoval what happens to tunnels of a route that was removed; on-removal in its
 * metadata overrides it there
 * @param watchInterval time between two looks at the configuration files; 0s turns
 * watching off
 */
@ConfigurationProperties("switchgate.routes")
record RoutesProperties(@DefaultValue("keep") TunnelPolicy onChange, @DefaultValue("drain") TunnelPolicy onRemoval,
		@DefaultValue("1s") Duration watchInterval) {

	RoutesProperties {
		Section.below("switchgate.routes")
			.require(!watchInterval.isNegative(), "watch-interval", watchInterval, ">= 0s");
	}

}
