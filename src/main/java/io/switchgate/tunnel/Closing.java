package io.switchgate.tunnel;

import java.time.Duration;

/**
 * Ends a tunnel with close frames of the gateway (RFC 6455, section 7.1.2). The client
 * gets its frame first, behind the message that is under way; what it sends until it
 * answers still reaches the upstream, which then gets a frame of its own. Where an end
 * broke a rule both get their frames at once.
 *
 * <p>
 * Every wait is bounded: an end that does not answer, or whose message does not go on, is
 * cut.
 */
final class Closing {

	private final CloseOrder order;

	private final TunnelProperties properties;

	Closing(CloseOrder order, TunnelProperties properties) {
		this.order = order;
		this.properties = properties;
	}

	/**
	 * Sends an end its frame as soon as no message is cut by it, or, when the grace is
	 * over, no frame.
	 */
	void tell(TunnelEnd end) {
		tell(end, this.order.grace());
	}

	private void tell(TunnelEnd end, Duration grace) {
		if (end.closeState() != CloseState.OPEN) {
			return;
		}
		end.closeState(CloseState.ORDERED);
		Relay towards = end.peer().relay();
		end.outlet().schedule(() -> {
			end.outlet().schedule(() -> answered(end), this.properties.closeWait());
			towards.stopInsideMessage();
		}, grace);
		towards.stopAfterMessage(() -> send(end));
	}

	private void send(TunnelEnd end) {
		if (end.closeState() == CloseState.ORDERED) {
			end.closeState(CloseState.SENT);
			end.sendClose(this.order.code(), this.order.reason());
			end.outlet().schedule(() -> answered(end), this.properties.closeWait());
		}
	}

	/**
	 * An end has answered, or has ended without an answer, or had its time.
	 */
	void answered(TunnelEnd end) {
		if (end.closeState() == CloseState.ANSWERED) {
			return;
		}
		Relay towards = end.peer().relay();
		if (end.closeState() != CloseState.SENT && towards.isBetweenFrames()) {
			end.sendClose(this.order.code(), this.order.reason());
		}
		end.closeState(CloseState.ANSWERED);
		towards.discard();
		// The message of an end that does not answer may still go on for a moment.
		tell(end.peer(), this.properties.closeWait());
		if (end.peer().closeState() == CloseState.ANSWERED) {
			end.outlet().closeSoon(this.properties.closeTimeout());
			end.peer().outlet().closeSoon(this.properties.closeTimeout());
		}
		else {
			end.endOutput();
		}
	}

}
