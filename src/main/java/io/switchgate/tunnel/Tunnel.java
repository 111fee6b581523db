package io.switchgate.tunnel;

import java.time.Duration;
import java.time.Instant;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Pair of connections after the switch. Both ends live on one event loop and everything
 * here runs on it: no locks, no hops.
 */
public final class Tunnel {

	private static final int NO_CLOSE_FRAME = 1006;

	private final String id;

	private final TunnelTerms terms;

	private final TunnelProperties properties;

	private final TunnelListener listener;

	private final TunnelEnd client;

	private final TunnelEnd upstream;

	private final long openedNanos = System.nanoTime();

	private long activeNanos = this.openedNanos;

	private boolean closing;

	private boolean closed;

	private @Nullable CloseCause cause;

	private int closeCode = NO_CLOSE_FRAME;

	Tunnel(String id, TunnelTerms terms, TunnelProperties properties, TunnelListener listener, TunnelEnd client,
			TunnelEnd upstream) {
		this.id = id;
		this.terms = terms;
		this.properties = properties;
		this.listener = listener;
		this.client = client;
		this.upstream = upstream;
	}

	/**
	 * Returns the name of this tunnel in this process.
	 * @return name that access log and endpoints use
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns what the handshake has settled.
	 * @return terms
	 */
	public TunnelTerms terms() {
		return this.terms;
	}

	EventLoop eventLoop() {
		return this.client.channel().eventLoop();
	}

	/**
	 * Returns the time since the switch.
	 * @return age
	 */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.openedNanos);
	}

	/**
	 * Ends this tunnel with close frames to both ends, unless it ends already. Bounded:
	 * an end that does not answer is cut.
	 * @param order what to say
	 */
	public void close(CloseOrder order) {
		if (this.cause == null) {
			this.cause = order.cause();
			this.closeCode = order.code();
			close();
		}
	}

	/**
	 * Ends this tunnel at once, without close frames.
	 * @param why why; the first cause there was stays
	 */
	public void cut(CloseCause why) {
		endsBecauseOf(why);
		close();
	}

	/**
	 * Returns how this tunnel is at this moment. Call it on the tunnel's event loop.
	 * @return snapshot
	 */
	public TunnelSnapshot snapshot() {
		Duration idle = Duration.ofNanos(System.nanoTime() - this.activeNanos);
		return new TunnelSnapshot(this.id, this.terms, Instant.now().minus(age()), idle, this.cause,
				new TunnelSnapshot.End(0, 0, 0, null), new TunnelSnapshot.End(0, 0, 0, null));
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
			this.cause = CloseCause.of(end.direction(), CloseCause.CLIENT_CLOSE, CloseCause.UPSTREAM_CLOSE);
			this.closeCode = code;
		}
		this.listener.relayed(this, end.direction(), bytes, end.frames().counts());
	}

	/**
	 * One direction has ended with a FIN: the other one may be quiet for a bounded time.
	 */
	void inputEnded(TunnelEnd end) {
		endsBecauseOf(CloseCause.of(end.direction(), CloseCause.CLIENT_FIN, CloseCause.UPSTREAM_FIN));
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
		endsBecauseOf(
				end.hasFailed() ? CloseCause.of(end.direction(), CloseCause.CLIENT_RESET, CloseCause.UPSTREAM_RESET)
						: CloseCause.GATEWAY_STOP);
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
