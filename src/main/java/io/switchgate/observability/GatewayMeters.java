package io.switchgate.observability;

/**
 * Catalogue of the gateway's own meters.
 */
public enum GatewayMeters {

	/**
	 * Time of a handshake, from its arrival to the answer, by route, outcome, cause and
	 * status.
	 */
	HANDSHAKES("switchgate.handshakes"),

	/**
	 * Handshakes in progress.
	 */
	HANDSHAKES_IN_FLIGHT("switchgate.handshakes.in.flight"),

	/**
	 * Time to connect to an upstream for a handshake, TLS included, by route.
	 */
	UPSTREAM_CONNECT("switchgate.upstream.connect"),

	/**
	 * Open tunnels by route.
	 */
	TUNNELS_ACTIVE("switchgate.tunnels.active"),

	/**
	 * Time from the switch to the end of a tunnel by route.
	 */
	TUNNEL_DURATION("switchgate.tunnel.duration"),

	/**
	 * Bytes relayed by route and direction.
	 */
	TUNNEL_BYTES("switchgate.tunnel.bytes"),

	/**
	 * Messages relayed by route and direction.
	 */
	TUNNEL_MESSAGES("switchgate.tunnel.messages"),

	/**
	 * Bytes of a message, as on the wire, by route and direction.
	 */
	MESSAGE_SIZE("switchgate.tunnel.message.size"),

	/**
	 * Tunnels of which one end is not read because the other takes nothing, by route and
	 * direction.
	 */
	TUNNELS_STALLED("switchgate.tunnels.stalled"),

	/**
	 * Times in which one end was not read because the other took nothing, by route and
	 * direction.
	 */
	TUNNEL_STALLS("switchgate.tunnel.stalls"),

	/**
	 * Times in which an end was not read because of its rate, by route and direction.
	 */
	TUNNEL_SLOWED("switchgate.tunnel.slowed"),

	/**
	 * Time from a ping of the gateway to its pong by route and end.
	 */
	TUNNEL_PING("switchgate.tunnel.ping"),

	/**
	 * Bytes that wait in the gateway.
	 */
	TUNNEL_BUFFERED("switchgate.tunnel.buffered"),

	/**
	 * How late an event loop runs a task that is due, by the loop's index.
	 */
	EVENT_LOOP_LAG("switchgate.eventloop.lag"),

	/**
	 * Tasks that wait for an event loop, by the loop's index.
	 */
	EVENT_LOOP_TASKS("switchgate.eventloop.tasks"),

	/**
	 * Frames relayed by route, direction and kind.
	 */
	TUNNEL_FRAMES("switchgate.tunnel.frames"),

	/**
	 * Ended tunnels by route, close cause and close code.
	 */
	TUNNELS_CLOSED("switchgate.tunnels.closed"),

	/**
	 * Drains that still have tunnels to close.
	 */
	DRAINS_ACTIVE("switchgate.drains.active"),

	/**
	 * Tunnels that drains still have to close.
	 */
	DRAIN_REMAINING("switchgate.drain.remaining"),

	/**
	 * Answers made by the gateway itself, by cause and status.
	 */
	PROBLEMS("switchgate.problems"),

	/**
	 * Whether the configuration files were valid when they were last read: 1, or 0.
	 */
	ROUTES_VALID("switchgate.routes.valid"),

	/**
	 * Reloads of the configuration by outcome.
	 */
	ROUTES_RELOADS("switchgate.routes.reloads");

	private final String meterName;

	GatewayMeters(String meterName) {
		this.meterName = meterName;
	}

	/**
	 * Returns the name of the meter.
	 */
	public String meterName() {
		return this.meterName;
	}

}
