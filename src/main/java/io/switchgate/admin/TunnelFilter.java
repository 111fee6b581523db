package io.switchgate.admin;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelTerms;

/**
 * Chooses tunnels. A field that is null or zero matches all of them.
 *
 * @param route route id
 * @param upstream scheme, host and port of the upstream
 * @param client address of the client
 * @param minAge least time since the switch
 * @param minIdle least time since the last byte
 */
record TunnelFilter(@Nullable String route, @Nullable String upstream, @Nullable String client, Duration minAge,
		Duration minIdle) {

	static TunnelFilter of(@Nullable String route, @Nullable String upstream, @Nullable String client,
			@Nullable String minAge, @Nullable String minIdle) {
		return new TunnelFilter(route, upstream, client, Parameters.duration("minAge", minAge, Duration.ZERO),
				Parameters.duration("minIdle", minIdle, Duration.ZERO));
	}

	boolean isEmpty() {
		return equals(of(null, null, null, null, null));
	}

	boolean matches(Tunnel tunnel) {
		TunnelTerms terms = tunnel.terms();
		return Parameters.isOrAny(this.route, terms.route()) && Parameters.isOrAny(this.upstream, terms.upstream())
				&& Parameters.isOrAny(this.client, terms.client()) && tunnel.age().compareTo(this.minAge) >= 0
				&& tunnel.activity().idle().compareTo(this.minIdle) >= 0;
	}

}
