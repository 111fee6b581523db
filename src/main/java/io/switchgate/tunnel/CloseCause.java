package io.switchgate.tunnel;

import java.util.Locale;

/**
 * Closed catalogue of how tunnels end: who ended it, and how. Each tunnel has exactly
 * one.
 */
public enum CloseCause {

	/**
	 * The client sent a close frame first.
	 */
	CLIENT_CLOSE,

	/**
	 * The client ended its connection without a close frame.
	 */
	CLIENT_FIN,

	/**
	 * The client's connection broke.
	 */
	CLIENT_RESET,

	/**
	 * The client sent an invalid WebSocket frame.
	 */
	CLIENT_PROTOCOL,

	/**
	 * The client sent a message over the size limit.
	 */
	CLIENT_MESSAGE_SIZE,

	/**
	 * The client sent more messages or bytes in a second than it may.
	 */
	CLIENT_RATE,

	/**
	 * The client sent more pings or pongs in a second than it may.
	 */
	CLIENT_PINGS,

	/**
	 * The client did not read what waited for it.
	 */
	CLIENT_STALL,

	/**
	 * The client did not answer a ping of the gateway.
	 */
	CLIENT_PONG,

	/**
	 * The upstream sent a close frame first.
	 */
	UPSTREAM_CLOSE,

	/**
	 * The upstream ended its connection without a close frame.
	 */
	UPSTREAM_FIN,

	/**
	 * The upstream's connection broke.
	 */
	UPSTREAM_RESET,

	/**
	 * The upstream sent an invalid WebSocket frame.
	 */
	UPSTREAM_PROTOCOL,

	/**
	 * The upstream sent a message over the size limit.
	 */
	UPSTREAM_MESSAGE_SIZE,

	/**
	 * The upstream sent more messages or bytes in a second than it may.
	 */
	UPSTREAM_RATE,

	/**
	 * The upstream sent more pings or pongs in a second than it may.
	 */
	UPSTREAM_PINGS,

	/**
	 * The upstream did not read what waited for it.
	 */
	UPSTREAM_STALL,

	/**
	 * The upstream did not answer a ping of the gateway.
	 */
	UPSTREAM_PONG,

	/**
	 * No byte went either way for too long.
	 */
	GATEWAY_IDLE,

	/**
	 * The tunnel reached its longest lifetime.
	 */
	GATEWAY_LIFETIME,

	/**
	 * A drain ended it.
	 */
	GATEWAY_DRAIN,

	/**
	 * Its route was changed or removed.
	 */
	GATEWAY_ROUTE,

	/**
	 * An operator ended it.
	 */
	GATEWAY_OPERATOR,

	/**
	 * The gateway closed both connections because it is stopping.
	 */
	GATEWAY_STOP;

	private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * Returns the name that meters and records use, as in {@code client-message-size}.
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Chooses between two causes by the end that sends in a direction.
	 */
	static CloseCause of(Direction sent, CloseCause client, CloseCause upstream) {
		return (sent == Direction.TO_UPSTREAM) ? client : upstream;
	}

}
