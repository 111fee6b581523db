package io.switchgate.load;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import io.switchgate.tunnel.CloseCause;

/**
 * Scenario for a tunnel, on a route of the same name: the limits of the route, what both
 * ends do, and the causes with which the tunnel may close.
 */
enum TunnelScenario {

	CHATTY("{ mode: lenient }", WellBehavedScripts::exchangeSmallMessages, WellBehavedScripts::echo,
			CloseCause.CLIENT_CLOSE),

	UPSTREAM_LEAVES("{ mode: lenient }", WellBehavedScripts::exchangeSmallMessages, WellBehavedScripts::echoAndClose,
			CloseCause.CLIENT_CLOSE, CloseCause.UPSTREAM_CLOSE),

	LARGE("{ mode: lenient }", WellBehavedScripts::exchangeLargeMessages, WellBehavedScripts::echo,
			CloseCause.CLIENT_CLOSE),

	PIECES("{ mode: strict }", WellBehavedScripts::sendFragments, WellBehavedScripts::echo, CloseCause.CLIENT_CLOSE),

	SLOW_READER("{ mode: lenient }", WellBehavedScripts::readBlocksSlowly, WellBehavedScripts::sendBlocks,
			CloseCause.CLIENT_CLOSE),

	STALLED("{ stall-time: 1s }", MisbehavingScripts::takeNothing, WellBehavedScripts::sendBlocks,
			CloseCause.CLIENT_STALL),

	PINGED("{ ping-after: 100ms, pong-timeout: 10s }", WellBehavedScripts::answerPings, WellBehavedScripts::echo,
			CloseCause.CLIENT_CLOSE),

	DEAD_CLIENT(1001, "{ ping-after: 200ms, pong-timeout: 1s }", MisbehavingScripts::answerNoPing,
			WellBehavedScripts::echo, CloseCause.CLIENT_PONG),

	DEAD_UPSTREAM(1001, "{ ping-after: 200ms, pong-timeout: 1s }", WellBehavedScripts::echo,
			MisbehavingScripts::answerNoPing, CloseCause.UPSTREAM_PONG),

	TOO_LARGE(1009, "{ message-size: 20000 }", MisbehavingScripts::sendTooMuch, WellBehavedScripts::echo,
			CloseCause.CLIENT_MESSAGE_SIZE),

	UPSTREAM_TOO_LARGE(1009, "{ message-size: 20000 }", WellBehavedScripts::echo, MisbehavingScripts::sendTooMuch,
			CloseCause.UPSTREAM_MESSAGE_SIZE),

	TOO_FAST(1008, "{ messages-per-second: 20, rate-reaction: close }", MisbehavingScripts::flood,
			WellBehavedScripts::echo, CloseCause.CLIENT_RATE),

	UPSTREAM_TOO_FAST(1008, "{ messages-per-second: 20, rate-reaction: close }", WellBehavedScripts::echo,
			MisbehavingScripts::flood, CloseCause.UPSTREAM_RATE),

	SLOWED("{ bytes-per-second: 100KB }", WellBehavedScripts::sendTooFast, WellBehavedScripts::echo,
			CloseCause.CLIENT_CLOSE),

	PING_FLOOD(1008, "{ pings-per-second: 50 }", MisbehavingScripts::floodWithPings, WellBehavedScripts::echo,
			CloseCause.CLIENT_PINGS, CloseCause.UPSTREAM_PINGS),

	IDLE(1001, "{ idle-time: 500ms }", WellBehavedScripts::fallSilent, WellBehavedScripts::echo,
			CloseCause.GATEWAY_IDLE),

	OLD(1001, "{ lifetime: 1s, lifetime-jitter: 50 }", WellBehavedScripts::exchangeUntilClosed,
			WellBehavedScripts::echo, CloseCause.GATEWAY_LIFETIME),

	BREAKER(1002, "{ mode: strict }", MisbehavingScripts::breakProtocol, WellBehavedScripts::echo,
			CloseCause.CLIENT_PROTOCOL),

	UPSTREAM_BREAKER(1002, "{ mode: strict }", WellBehavedScripts::echo, MisbehavingScripts::breakProtocol,
			CloseCause.UPSTREAM_PROTOCOL),

	RESETS("{ mode: lenient }", MisbehavingScripts::reset, WellBehavedScripts::echo, CloseCause.CLIENT_RESET),

	/**
	 * The kernel reports a reset only once. After a write has failed with it, the next
	 * read sees a FIN.
	 */
	UPSTREAM_RESETS("{ mode: lenient }", WellBehavedScripts::exchangeUntilClosed, MisbehavingScripts::reset,
			CloseCause.UPSTREAM_RESET, CloseCause.UPSTREAM_FIN),

	FIN("{ mode: lenient }", MisbehavingScripts::endOutput, MisbehavingScripts::echoUntilFin, CloseCause.CLIENT_FIN),

	UPSTREAM_FIN("{ mode: lenient }", MisbehavingScripts::echoUntilFin, MisbehavingScripts::endOutput,
			CloseCause.UPSTREAM_FIN),

	DRAINED("{ mode: lenient }", WellBehavedScripts::exchangeUntilClosed, WellBehavedScripts::echo,
			CloseCause.GATEWAY_DRAIN, CloseCause.CLIENT_CLOSE),

	RELOADED("{ mode: lenient }", WellBehavedScripts::exchangeUntilClosed, WellBehavedScripts::echo,
			CloseCause.GATEWAY_ROUTE, CloseCause.CLIENT_CLOSE),

	OPERATED("{ mode: lenient }", WellBehavedScripts::exchangeUntilClosed, WellBehavedScripts::echo,
			CloseCause.GATEWAY_OPERATOR, CloseCause.CLIENT_CLOSE);

	/**
	 * Scenarios in which an end may lose its connection without a close frame.
	 */
	private static final Set<TunnelScenario> CUT = EnumSet.of(STALLED, RESETS, UPSTREAM_RESETS, RELOADED);

	/**
	 * Close code that the gateway sends to both ends; 0 for scenarios without one.
	 */
	private final int code;

	private final String limits;

	private final ConnectionScript client;

	private final ConnectionScript upstream;

	private final Set<CloseCause> causes;

	TunnelScenario(String limits, ConnectionScript client, ConnectionScript upstream, CloseCause... causes) {
		this(0, limits, client, upstream, causes);
	}

	TunnelScenario(int code, String limits, ConnectionScript client, ConnectionScript upstream, CloseCause... causes) {
		this.code = code;
		this.limits = limits;
		this.client = client;
		this.upstream = upstream;
		this.causes = Set.of(causes);
	}

	void runClient(TunnelEnd end, long seed) {
		run(this.client, end, seed);
	}

	void runUpstream(TunnelEnd end, long seed) {
		run(this.upstream, end, ~seed);
	}

	private void run(ConnectionScript script, TunnelEnd end, long seed) {
		script.run(end, new Random(seed));
		if (this.code != 0 && end.code() != this.code) {
			throw new AssertionError("Close code " + end.code() + " (expected: " + this.code + ")");
		}
	}

	Set<CloseCause> causes() {
		return this.causes;
	}

	/**
	 * Returns whether an end may lose its connection without a close frame.
	 */
	boolean mayBeCut() {
		return CUT.contains(this);
	}

	/**
	 * Returns the route of this scenario as YAML.
	 * @param version number that makes a reload change the route
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
