package io.switchgate.tunnel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a tunnel ends: its first cause, and the waits until both connections are closed.
 * Bytes that were sent before the end still go out, unless the tunnel is cut.
 */
final class Ending {

	private static final int NO_CLOSE_FRAME = 1006;

	private final Tunnel tunnel;

	private final TunnelEnd client;

	private final TunnelEnd upstream;

	private final TunnelProperties properties;

	private final QuietTime quiet;

	private @Nullable Patience patience;

	private @Nullable Closing closing;

	private @Nullable CloseCause cause;

	private int closeCode = NO_CLOSE_FRAME;

	Ending(Tunnel tunnel, TunnelProperties properties) {
		this.tunnel = tunnel;
		this.client = tunnel.client();
		this.upstream = tunnel.upstream();
		this.properties = properties;
		this.quiet = new QuietTime(tunnel);
	}

	/**
	 * Returns the first cause, or null if the tunnel is not ending.
	 */
	@Nullable CloseCause cause() {
		return this.cause;
	}

	/**
	 * Returns the code of the close frame that came first.
	 */
	int closeCode() {
		return this.closeCode;
	}

	boolean isClosing() {
		return this.closing != null;
	}

	void close(CloseOrder order) {
		if (this.closing == null && !hasCloseFrame()) {
			begin(order).tell(this.client);
		}
	}

	/**
	 * Returns whether one end's close frame was passed on to the other end.
	 */
	private boolean hasCloseFrame() {
		return this.client.relay().isCloseSent() || this.upstream.relay().isCloseSent();
	}

	/**
	 * Closes the tunnel because an end broke a rule. Both ends get their close frames at
	 * once.
	 */
	void breached(Breach breach) {
		if (this.closing == null) {
			Closing both = begin(breach.order());
			both.tell(this.upstream);
			both.tell(this.client);
		}
	}

	/**
	 * Closes with close frames. If an end has already sent its own, closes after the
	 * bytes that are still being sent.
	 */
	void expire(CloseOrder order) {
		close(order);
		if (this.closing == null) {
			leave(this.client);
			leave(this.upstream);
		}
	}

	private Closing begin(CloseOrder order) {
		if (this.cause == null) {
			this.closeCode = order.code();
		}
		because(order.cause());
		this.quiet.stop();
		this.closing = new Closing(this, order, this.properties);
		return this.closing;
	}

	/**
	 * Sets the cause of the end, unless there is one already.
	 */
	void because(CloseCause how) {
		if (this.cause == null) {
			this.cause = how;
			this.tunnel.listener().ending(this.tunnel);
		}
	}

	/**
	 * Called when an end has answered the gateway's close frame.
	 */
	void closeAnswered(TunnelEnd end) {
		if (this.closing != null) {
			this.closing.closeAnswered(end);
		}
	}

	/**
	 * Called when the close frame of an end goes on to the other end.
	 */
	void closeSent(Direction sent, int code) {
		if (this.cause == null) {
			this.closeCode = code;
			because(CloseCause.of(sent, CloseCause.CLIENT_CLOSE, CloseCause.UPSTREAM_CLOSE));
			endIfQuietFor(this.properties.closeFrameTimeout());
		}
	}

	/**
	 * Called when one end has sent its FIN. From then on the other direction may be quiet
	 * only for a limited time.
	 */
	void inputEnded(TunnelEnd end) {
		because(CloseCause.of(end.direction(), CloseCause.CLIENT_FIN, CloseCause.UPSTREAM_FIN));
		if (end.closeState() == CloseState.LEAVING) {
			closeIfEnded(end);
		}
		else if (this.closing != null) {
			this.closing.closeAnswered(end);
		}
		else {
			end.peer().endOutput();
			endIfQuietFor(this.properties.halfCloseTimeout());
		}
	}

	private void endIfQuietFor(Duration time) {
		if (this.quiet.limit(time)) {
			this.tunnel.activity().renew();
		}
	}

	/**
	 * Returns whether bytes move although no end sends any: they wait for an end that
	 * takes them, or the gateway makes an end pause.
	 */
	boolean isMoving(long now) {
		boolean paused = this.client.intake().isPaused() || this.upstream.intake().isPaused();
		boolean clientTakes = patience().isTaking(this.client, now);
		return patience().isTaking(this.upstream, now) || clientTakes || paused;
	}

	Patience patience() {
		if (this.patience == null) {
			this.patience = new Patience(this.tunnel.terms().limits(), this.properties);
		}
		return this.patience;
	}

	/**
	 * Called when a FIN was sent to an end.
	 */
	void outputEnded(TunnelEnd end) {
		if (end.closeState() == CloseState.LEAVING) {
			closeIfEnded(end);
		}
		else if (this.client.outlet().isEnded() && this.upstream.outlet().isEnded()) {
			this.tunnel.disconnect();
		}
	}

	/**
	 * Called when one end is gone. Bytes for the other end still go out.
	 */
	void gone(TunnelEnd end) {
		CloseCause broken = CloseCause.of(end.direction(), CloseCause.CLIENT_RESET, CloseCause.UPSTREAM_RESET);
		because(end.hasFailed() ? broken : CloseCause.GATEWAY_STOP);
		end.relay().end();
		this.quiet.stop();
		if (!end.peer().isOpen()) {
			this.tunnel.closed();
		}
		else if (this.closing != null) {
			this.closing.closeAnswered(end);
		}
		else {
			leave(end.peer());
		}
	}

	/**
	 * Closes a connection after its waiting bytes and a FIN. Until the end's own FIN, or
	 * for a limited time, its bytes are read and dropped. Unread bytes would turn the
	 * close into a reset, which could destroy what was sent.
	 */
	void leave(TunnelEnd end) {
		if (end.closeState() != CloseState.LEAVING) {
			end.closeState(CloseState.LEAVING);
			this.quiet.stop();
			end.relay().discard();
			end.endOutput();
			end.deadline().awaitAnswer(this.properties.closeTimeout(), end.outlet()::close);
			closeIfEnded(end);
		}
	}

	private static void closeIfEnded(TunnelEnd end) {
		if (end.isInputEnded() && end.outlet().isEnded()) {
			end.outlet().close();
		}
	}

}
