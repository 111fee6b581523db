package io.switchgate.tunnel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Pair of connections after the switch. Both ends live on one event loop and everything
 * here runs on it: no locks, no hops.
 */
public final class Tunnel {

	private static final int NO_CLOSE_FRAME = 1006;

	private final String route;

	private final TunnelProperties properties;

	private final TunnelListener listener;

	private final TunnelEnd client;

	private final TunnelEnd upstream;

	private final long openedNanos = System.nanoTime();

	private long activeNanos;

	private boolean closing;

	private boolean closed;

	private @Nullable CloseCause cause;

	private int closeCode = NO_CLOSE_FRAME;

	Tunnel(String route, TunnelProperties properties, TunnelListener listener, TunnelEnd client, TunnelEnd upstream) {
		this.route = route;
		this.properties = properties;
		this.listener = listener;
		this.client = client;
		this.upstream = upstream;
	}

	/**
	 * Returns which route the handshake took.
	 * @return route id
	 */
	public String route() {
		return this.route;
	}

	/**
	 * Returns the time since the switch.
	 * @return age
	 */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.openedNanos);
	}

	/**
	 * Lets both ends know each other: what they read from now on is relayed.
	 */
	void couple() {
		this.listener.opened(this);
		this.client.couple(this, this.upstream);
		this.upstream.couple(this, this.client);
	}

	/**
	 * Relays what arrived early, and starts to read.
	 */
	void start() {
		this.upstream.start(this, this.client);
		this.client.start(this, this.upstream);
	}

	void relayed(TunnelEnd end, long bytes) {
		this.activeNanos = System.nanoTime();
		int code = end.frames().closeCode();
		if (code != 0 && this.cause == null) {
			this.cause = CloseCause.close(end.direction());
			this.closeCode = code;
		}
		this.listener.relayed(this, end.direction(), bytes, end.frames().counts());
	}

	/**
	 * One direction has ended with a FIN: the other one may be quiet for a bounded time.
	 */
	void inputEnded(TunnelEnd end) {
		endsBecauseOf(CloseCause.fin(end.direction()));
		end.peer().endOutput();
		if (!this.closing) {
			this.closing = true;
			this.activeNanos = System.nanoTime();
			this.client.schedule(this::closeIfQuiet, this.properties.halfCloseTimeout());
		}
	}

	private void endsBecauseOf(CloseCause how) {
		if (this.cause == null) {
			this.cause = how;
		}
	}

	/**
	 * Returns why this tunnel ends.
	 * @return the first cause there was, or null as long as there is none
	 */
	public @Nullable CloseCause cause() {
		return this.cause;
	}

	/**
	 * Returns the code of the close frame that came first.
	 * @return code, 1005 if that frame has none, 1006 if there was no close frame
	 */
	public int closeCode() {
		return this.closeCode;
	}

	private void closeIfQuiet() {
		Duration quiet = Duration.ofNanos(System.nanoTime() - this.activeNanos);
		Duration left = this.properties.halfCloseTimeout().minus(quiet);
		if (left.isNegative() || left.isZero()) {
			close();
		}
		else {
			this.client.schedule(this::closeIfQuiet, left.plusMillis(1));
		}
	}

	void outputEnded() {
		if (this.client.isOutputEnded() && this.upstream.isOutputEnded()) {
			close();
		}
	}

	/**
	 * One end is gone: what is on its way to the other one gets a bounded time.
	 */
	void gone(TunnelEnd end) {
		endsBecauseOf(end.hasFailed() ? CloseCause.reset(end.direction()) : CloseCause.GATEWAY_STOP);
		TunnelEnd peer = end.peer();
		if (peer.isOpen()) {
			peer.closeAfterPending();
			peer.schedule(peer::close, this.properties.closeTimeout());
		}
		else if (!this.closed) {
			this.closed = true;
			this.listener.closed(this);
		}
	}

	private void close() {
		this.client.close();
		this.upstream.close();
	}

}
