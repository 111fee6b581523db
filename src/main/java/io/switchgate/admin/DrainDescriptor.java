package io.switchgate.admin;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.switchgate.drain.DrainScope;
import io.switchgate.drain.DrainStatus;

/**
 * A drain as operators see it.
 *
 * @param route route id, or null for all routes
 * @param upstream upstream, or null for all upstreams
 * @param generation generation of the route whose tunnels stay, if some do
 * @param state state of the drain
 * @param refusing whether handshakes are refused because of it
 * @param started when it began
 * @param time time over which the closes are spread
 * @param code code of the close frames
 * @param total how many tunnels it found
 * @param closed how many of them are closed
 * @param remaining how many of them are still open
 * @param cut how many of them it had to cut
 */
record DrainDescriptor(@Nullable String route, @Nullable String upstream, @Nullable Integer generation, String state,
		boolean refusing, Instant started, Duration time, int code, int total, int closed, int remaining, int cut) {

	static DrainDescriptor of(DrainStatus status) {
		DrainScope scope = status.request().scope();
		Integer generation = (scope.before() != DrainScope.NO_GENERATION) ? scope.before() : null;
		return new DrainDescriptor(scope.route(), scope.upstream(), generation, status.state().code(),
				status.isRefusing(), status.started(), status.request().time(), status.request().order().code(),
				status.total(), status.closed(), status.remaining(), status.cut());
	}

}
