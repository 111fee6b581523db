package io.switchgate.load;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import io.switchgate.tunnel.CloseCause;

/**
 * Life of a tunnel, on a route of the same name: the limits of the route, what both ends
 * do, and why the tunnel may end then.
 */
enum Act {

	CHATTY("{ mode: lenient }", Orderly::chat, Orderly::echo, CloseCause.CLIENT_CLOSE),

	UPSTREAM_LEAVES("{ mode: lenient }", Orderly::chat, Orderly::echoAndLeave, CloseCause.CLIENT_CLOSE,
			CloseCause.UPSTREAM_CLOSE),

	LARGE("{ mode: lenient }", Orderly::sendMuch, Orderly::echo, CloseCause.CLIENT_CLOSE),

	PIECES("{ mode: strict }", Orderly::sendInPieces, Orderly::echo, CloseCause.CLIENT_CLOSE),

	SLOW_READER("{ mode: lenient }", Orderly::readSlowly, Orderly::serve, CloseCause.CLIENT_CLOSE),

	STALLED("{ stall-time: 1s }", Disorderly::takeNothing, Orderly::serve, CloseCause.CLIENT_STALL),

	PINGED("{ ping-after: 100ms, pong-timeout: 10s }", Orderly::answerPings, Orderly::echo, CloseCause.CLIENT_CLOSE),

	DEAD_CLIENT(1001, "{ ping-after: 200ms, pong-timeout: 1s }", Disorderly::answerNoPing, Orderly::echo,
			CloseCause.CLIENT_PONG),

	DEAD_UPSTREAM(1001, "{ ping-after: 200ms, pong-timeout: 1s }", Orderly::echo, Disorderly::answerNoPing,
			CloseCause.UPSTREAM_PONG),

	TOO_LARGE(1009, "{ message-size: 20000 }", Disorderly::sendTooMuch, Orderly::echo, CloseCause.CLIENT_MESSAGE_SIZE),

	UPSTREAM_TOO_LARGE(1009, "{ message-size: 20000 }", Orderly::echo, Disorderly::sendTooMuch,
			CloseCause.UPSTREAM_MESSAGE_SIZE),

	TOO_FAST(1008, "{ messages-per-second: 20, rate-reaction: close }", Disorderly::flood, Orderly::echo,
			CloseCause.CLIENT_RATE),

	UPSTREAM_TOO_FAST(1008, "{ messages-per-second: 20, rate-reaction: close }", Orderly::echo, Disorderly::flood,
			CloseCause.UPSTREAM_RATE),

	SLOWED("{ bytes-per-second: 100KB }", Orderly::sendTooFast, Orderly::echo, CloseCause.CLIENT_CLOSE),

	PING_FLOOD(1008, "{ pings-per-second: 50 }", Disorderly::floodWithPings, Orderly::echo, CloseCause.CLIENT_PINGS,
			CloseCause.UPSTREAM_PINGS),

	IDLE(1001, "{ idle-time: 500ms }", Orderly::fallSilent, Orderly::echo, CloseCause.GATEWAY_IDLE),

	OLD(1001, "{ lifetime: 1s, lifetime-jitter: 50 }", Orderly::talkOn, Orderly::echo, CloseCause.GATEWAY_LIFETIME),

	BREAKER(1002, "{ mode: strict }", Disorderly::breakProtocol, Orderly::echo, CloseCause.CLIENT_PROTOCOL),

	UPSTREAM_BREAKER(1002, "{ mode: strict }", Orderly::echo, Disorderly::breakProtocol, CloseCause.UPSTREAM_PROTOCOL),

	RESETS("{ mode: lenient }", Disorderly::reset, Orderly::echo, CloseCause.CLIENT_RESET),

	/**
	 * The kernel tells of a reset once: where a write hears of it first, the next read
	 * finds what looks like a FIN.
	 */
	UPSTREAM_RESETS("{ mode: lenient }", Orderly::talkOn, Disorderly::reset, CloseCause.UPSTREAM_RESET,
			CloseCause.UPSTREAM_FIN),

	FIN("{ mode: lenient }", Disorderly::endOutput, Disorderly::echoUntilFin, CloseCause.CLIENT_FIN),

	UPSTREAM_FIN("{ mode: lenient }", Disorderly::echoUntilFin, Disorderly::endOutput, CloseCause.UPSTREAM_FIN),

	DRAINED("{ mode: lenient }", Orderly::talkOn, Orderly::echo, CloseCause.GATEWAY_DRAIN, CloseCause.CLIENT_CLOSE),

	RELOADED("{ mode: lenient }", Orderly::talkOn, Orderly::echo, CloseCause.GATEWAY_ROUTE, CloseCause.CLIENT_CLOSE),

	OPERATED("{ mode: lenient }", Orderly::talkOn, Orderly::echo, CloseCause.GATEWAY_OPERATOR, CloseCause.CLIENT_CLOSE);

	/**
	 * Ends that lose their connection, because the other one or the gateway breaks off.
	 */
	private static final Set<Act> BROKEN_OFF = EnumSet.of(STALLED, RESETS, UPSTREAM_RESETS, RELOADED);

	/**
	 * Code that the gateway gives both ends, or 0.
	 */
	private final int code;

	private final String limits;

	private final Part client;

	private final Part upstream;

	private final Set<CloseCause> causes;

	Act(String limits, Part client, Part upstream, CloseCause... causes) {
		this(0, limits, client, upstream, causes);
	}

	Act(int code, String limits, Part client, Part upstream, CloseCause... causes) {
		this.code = code;
		this.limits = limits;
		this.client = client;
		this.upstream = upstream;
		this.causes = Set.of(causes);
	}

	void playClient(Speaker end, long seed) {
		play(this.client, end, seed);
	}

	void playUpstream(Speaker end, long seed) {
		play(this.upstream, end, ~seed);
	}

	private void play(Part part, Speaker end, long seed) {
		part.play(end, new Random(seed));
		if (this.code != 0 && end.code() != this.code) {
			throw new AssertionError("Close code " + end.code() + " (expected: " + this.code + ")");
		}
	}

	Set<CloseCause> causes() {
		return this.causes;
	}

	/**
	 * Says whether an end may lose its connection without being told.
	 */
	boolean isBrokenOff() {
		return BROKEN_OFF.contains(this);
	}

	/**
	 * Returns its route.
	 * @param version differs from that of the last reload
	 */
	String route(String upstreamUri, int version) {
		String metadata = (this == RELOADED)
				? "{ version: %d, on-change: %s }".formatted(version, (version % 2 == 0) ? "cut" : "drain") : "{}";
		return """
				  - id: %1$s
				    uri: %2$s
				    predicates: [ "Path=/%1$s/**" ]
				    filters: [ { name: TunnelLimits, args: %3$s } ]
				    metadata: %4$s
				""".formatted(this, upstreamUri, this.limits, metadata);
	}

}
