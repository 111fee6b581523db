package io.switchgate.tunnel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a tunnel ends: what began it, and what is waited for until both connections are
 * closed. What was sent before goes out first, however it ends, unless it is cut.
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
	 * Returns the first cause there was, or null as long as there is none.
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
	 * Returns whether an end was sent the close frame of the other one.
	 */
	private boolean hasCloseFrame() {
		return this.client.relay().isCloseSent() || this.upstream.relay().isCloseSent();
	}

	/**
	 * Closes because an end broke a rule: neither is listened to any more.
	 */
	void breached(Breach breach) {
		if (this.closing == null) {
			Closing both = begin(breach.order());
			both.tell(this.upstream);
			both.tell(this.client);
		}
	}

	/**
	 * Closes with close frames or, where an end has sent its own, after what is on its
	 * way.
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
	 * Takes what ends the tunnel for its cause, unless there is one.
	 */
	void because(CloseCause how) {
		if (this.cause == null) {
			this.cause = how;
			this.tunnel.listener().ending(this.tunnel);
		}
	}

	/**
	 * An end has answered the gateway's close frame.
	 */
	void closeAnswered(TunnelEnd end) {
		if (this.closing != null) {
			this.closing.closeAnswered(end);
		}
	}

	/**
	 * The close frame of an end goes on to the other one.
	 */
	void closeSent(Direction sent, int code) {
		if (this.cause == null) {
			this.closeCode = code;
			because(CloseCause.of(sent, CloseCause.CLIENT_CLOSE, CloseCause.UPSTREAM_CLOSE));
			endIfQuietFor(this.properties.closeFrameTimeout());
		}
	}

	/**
	 * One direction has ended with a FIN: the other one may be quiet for a bounded time.
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
	 * takes them, or the gateway lets an end wait.
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
	 * An end was sent its FIN.
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
	 * One end is gone: what is on its way to the other one still goes out.
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
	 * Closes a connection after what is on its way and a FIN. Until the end has sent its
	 * FIN as well, or for a bounded time, what it sends is read and dropped: bytes that
	 * nobody has read would turn the close into a reset, which overtakes what was sent.
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
