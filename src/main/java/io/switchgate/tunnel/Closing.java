package io.switchgate.tunnel;

import java.time.Duration;

/**
 * Ends a tunnel with close frames of the gateway (RFC 6455, section 7.1.2). The client
 * gets its frame first, after the message in progress. What it sends before its answer
 * still reaches the upstream, which then gets a frame of its own. If an end broke a rule,
 * both get their frames at once. An end that was already sent the other end's close
 * frame, or its FIN, gets no further frame.
 *
 * <p>
 * Every wait has a limit. An end that does not answer, or whose message does not
 * continue, is cut.
 */
final class Closing {

	private final Ending ending;

	private final CloseOrder order;

	private final TunnelProperties properties;

	Closing(Ending ending, CloseOrder order, TunnelProperties properties) {
		this.ending = ending;
		this.order = order;
		this.properties = properties;
	}

	/**
	 * Sends a close frame to an end as soon as that interrupts no message. If the grace
	 * ends before, it may send none.
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
		end.deadline().awaitGrace(grace, () -> {
			end.deadline().awaitFrame(this.properties.closeWait(), () -> closeAnswered(end));
			towards.stopInsideMessage();
		});
		towards.stopAfterMessage(() -> send(end));
	}

	private void send(TunnelEnd end) {
		if (end.closeState() == CloseState.ORDERED) {
			end.closeState(CloseState.SENT);
			sendFrame(end);
			if (end.relay().isOver()) {
				closeAnswered(end);
			}
			else {
				end.deadline().awaitAnswer(this.properties.closeWait(), () -> closeAnswered(end));
			}
		}
	}

	private void sendFrame(TunnelEnd end) {
		if (end.isOpen() && !end.peer().relay().isCloseSent() && !end.outlet().isEnding()) {
			end.sendClose(this.order.code(), this.order.reason());
		}
	}

	/**
	 * Handles the answer of an end, its end without an answer, or the end of its time.
	 */
	void closeAnswered(TunnelEnd end) {
		if (isAnswered(end)) {
			return;
		}
		Relay towards = end.peer().relay();
		if (end.closeState() != CloseState.SENT && towards.isBetweenFrames()) {
			sendFrame(end);
		}
		end.closeState(CloseState.ANSWERED);
		towards.discard();
		// The end that has not answered may still finish its message.
		tell(end.peer(), this.properties.closeWait());
		if (isAnswered(end.peer())) {
			this.ending.leave(end);
			this.ending.leave(end.peer());
		}
		else {
			end.endOutput();
		}
	}

	private static boolean isAnswered(TunnelEnd end) {
		return end.closeState().compareTo(CloseState.ANSWERED) >= 0;
	}

}
