package io.switchgate.tunnel;

import java.time.Duration;

/**
 * A rule that an end has broken.
 *
 * @param cause cause that the tunnel ends with
 * @param code code of the close frames
 * @param reason reason in them
 */
record Breach(CloseCause cause, int code, String reason) {

	private static final int PROTOCOL_ERROR = 1002;

	private static final int POLICY_VIOLATION = 1008;

	private static final int MESSAGE_TOO_BIG = 1009;

	static Breach protocol(Direction sent, String reason) {
		return new Breach(CloseCause.of(sent, CloseCause.CLIENT_PROTOCOL, CloseCause.UPSTREAM_PROTOCOL), PROTOCOL_ERROR,
				reason);
	}

	static Breach messageSize(Direction sent, long limit) {
		return new Breach(CloseCause.of(sent, CloseCause.CLIENT_MESSAGE_SIZE, CloseCause.UPSTREAM_MESSAGE_SIZE),
				MESSAGE_TOO_BIG, "Message over " + limit + " bytes");
	}

	static Breach pings(Direction sent, int limit) {
		return new Breach(CloseCause.of(sent, CloseCause.CLIENT_PINGS, CloseCause.UPSTREAM_PINGS), POLICY_VIOLATION,
				"More than " + limit + " pings in a second");
	}

	static Breach rate(Direction sent) {
		return new Breach(CloseCause.of(sent, CloseCause.CLIENT_RATE, CloseCause.UPSTREAM_RATE), POLICY_VIOLATION,
				"Too many messages or bytes in a second");
	}

	static Breach stall(Direction sent) {
		return new Breach(CloseCause.of(sent, CloseCause.CLIENT_STALL, CloseCause.UPSTREAM_STALL),
				CloseOrder.GOING_AWAY, "The other end takes nothing");
	}

	static Breach pong(Direction sent) {
		return new Breach(CloseCause.of(sent, CloseCause.CLIENT_PONG, CloseCause.UPSTREAM_PONG), CloseOrder.GOING_AWAY,
				"No pong of the other end");
	}

	CloseOrder order() {
		return new CloseOrder(this.cause, this.code, this.reason, Duration.ZERO);
	}

}
