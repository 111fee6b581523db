package io.switchgate.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.switchgate.admin.HandshakeDescriptor;

/**
 * What the console shows at one moment. Counts are those since the start.
 *
 * @param at time
 * @param writes what operators may change
 * @param open open tunnels
 * @param tunnels open tunnels by route and upstream, the most first
 * @param handshakes handshakes that are over, by outcome
 * @param messages messages that tunnels have carried, by direction
 * @param bytes bytes that tunnels have carried, by direction
 * @param newest newest handshakes and newest failures, the newest first
 * @param drains current drains, and a few that have ended
 */
record Summary(Instant at, Writes writes, int open, List<Group> tunnels, Map<String, Long> handshakes,
		Map<String, Long> messages, Map<String, Long> bytes, List<HandshakeDescriptor> newest, List<Drain> drains) {

	/**
	 * What operators may change.
	 *
	 * @param tunnels whether they may close tunnels
	 * @param drain whether they may start and cancel drains
	 */
	record Writes(boolean tunnels, boolean drain) {

	}

	/**
	 * Open tunnels of a route to an upstream.
	 *
	 * @param route route id
	 * @param upstream scheme, host and port of the upstream
	 * @param open how many
	 */
	record Group(String route, String upstream, int open) {

	}

	/**
	 * A drain of the summary.
	 *
	 * @param scope what it closes, in words
	 * @param route route id, or null for all routes
	 * @param upstream upstream, or null for all upstreams
	 * @param state state of the drain
	 * @param refusing whether handshakes are refused because of it
	 * @param total how many tunnels it found
	 * @param closed how many of them are closed
	 */
	record Drain(String scope, @Nullable String route, @Nullable String upstream, String state, boolean refusing,
			int total, int closed) {

	}

}
