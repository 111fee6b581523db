package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

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

	private final TunnelListeners listener;

	private final TunnelEnd client;

	private final TunnelEnd upstream;

	private final TimeWatch time;

	private final Activity activity = new Activity(this, System.nanoTime());

	private final QuietTime quiet = new QuietTime(this);

	private boolean closed;

	private @Nullable Closing closing;

	private @Nullable CloseCause cause;

	private int closeCode = NO_CLOSE_FRAME;

	Tunnel(String id, TunnelTerms terms, TunnelProperties properties, TunnelListeners listener, TunnelEnd client,
			TunnelEnd upstream) {
		this.id = id;
		this.terms = terms;
		this.properties = properties;
		this.listener = listener;
		this.client = client;
		this.upstream = upstream;
		this.time = new TimeWatch(this, terms.limits());
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

	/**
	 * Returns the event loop of both ends.
	 * @return event loop that nothing may block
	 */
	public EventLoop eventLoop() {
		return this.client.channel().eventLoop();
	}

	/**
	 * Returns the time since the switch.
	 * @return age
	 */
	public Duration age() {
		return this.activity.age();
	}

	/**
	 * Ends this tunnel with close frames to both ends, unless it ends already. Bounded:
	 * an end that does not answer is cut. May be called on any thread.
	 * @param order what to say
	 */
	public void close(CloseOrder order) {
		if (!eventLoop().inEventLoop()) {
			eventLoop().execute(() -> close(order));
		}
		else if (this.cause == null) {
			begin(order).tell(this.client);
		}
	}

	/**
	 * Ends this tunnel because an end broke a rule: neither is listened to any more.
	 */
	void breached(Breach breach) {
		if (this.cause == null) {
			Closing both = begin(breach.order());
			both.tell(this.upstream);
			both.tell(this.client);
		}
		else if (this.closing == null) {
			close();
		}
	}

	private Closing begin(CloseOrder order) {
		this.closeCode = order.code();
		endsBecauseOf(order.cause());
		this.closing = new Closing(order, this.properties);
		return this.closing;
	}

	boolean isClosing() {
		return this.closing != null;
	}

	/**
	 * An end has answered the gateway's close frame.
	 */
	void answered(TunnelEnd end) {
		if (this.closing != null) {
			this.closing.answered(end);
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
		return new TunnelSnapshot(this.id, this.terms, this.activity.opened(), this.activity.idle(), this.cause,
				this.client.snapshot(), this.upstream.snapshot());
	}

	/**
	 * Looks for bytes that wait in the gateway. If there are none this tunnel is no
	 * longer busy. Call it on the tunnel's event loop.
	 * @return bytes for both ends
	 */
	public long settle() {
		long waiting = this.client.outlet().pendingBytes() + this.upstream.outlet().pendingBytes();
		if (waiting == 0) {
			this.activity.calm();
		}
		return waiting;
	}

	/**
	 * Returns since when this tunnel is open, and idle.
	 * @return activity, which any thread may read
	 */
	public Activity activity() {
		return this.activity;
	}

	TunnelListeners listener() {
		return this.listener;
	}

	TunnelEnd client() {
		return this.client;
	}

	TunnelEnd upstream() {
		return this.upstream;
	}

	/**
	 * Lets both ends know each other: what they read from now on is relayed.
	 */
	void couple() {
		this.listener.opened(this);
		int pulseKey = ThreadLocalRandom.current().nextInt();
		this.client.couple(this, this.upstream, pulseKey);
		this.upstream.couple(this, this.client, pulseKey);
	}

	/**
	 * Relays what arrived early, and starts to read.
	 */
	void start() {
		this.upstream.start(this);
		this.client.start(this);
		this.time.start();
	}

	/**
	 * The close frame of an end goes on to the other one.
	 */
	void closeSent(Direction sent, int code) {
		if (this.cause == null) {
			this.closeCode = code;
			endsBecauseOf(CloseCause.of(sent, CloseCause.CLIENT_CLOSE, CloseCause.UPSTREAM_CLOSE));
			endIfQuietFor(this.properties.closeFrameTimeout());
		}
	}

	/**
	 * One direction has ended with a FIN: the other one may be quiet for a bounded time.
	 */
	void inputEnded(TunnelEnd end) {
		endsBecauseOf(CloseCause.of(end.direction(), CloseCause.CLIENT_FIN, CloseCause.UPSTREAM_FIN));
		if (this.closing != null) {
			this.closing.answered(end);
			return;
		}
		end.peer().endOutput();
		endIfQuietFor(this.properties.halfCloseTimeout());
	}

	void stalled(TunnelEnd end) {
		this.time.stalled(end);
	}

	private void endsBecauseOf(CloseCause how) {
		if (this.cause == null) {
			this.cause = how;
			this.listener.ending(this);
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

	private void endIfQuietFor(Duration time) {
		if (this.quiet.limit(time)) {
			this.activity.renew();
		}
	}

	void outputEnded() {
		if (this.client.outlet().isEnded() && this.upstream.outlet().isEnded()) {
			close();
		}
	}

	/**
	 * One end is gone: what is on its way to the other one gets a bounded time.
	 */
	void gone(TunnelEnd end) {
		CloseCause broken = CloseCause.of(end.direction(), CloseCause.CLIENT_RESET, CloseCause.UPSTREAM_RESET);
		endsBecauseOf(end.hasFailed() ? broken : CloseCause.GATEWAY_STOP);
		TunnelEnd peer = end.peer();
		if (!peer.isOpen()) {
			closed();
		}
		else if (this.closing != null) {
			this.closing.answered(end);
		}
		else {
			peer.outlet().closeSoon(this.properties.closeTimeout());
		}
	}

	private void closed() {
		if (!this.closed) {
			this.closed = true;
			this.time.stop();
			this.client.intake().stop();
			this.upstream.intake().stop();
			this.listener.closed(this);
		}
	}

	void close() {
		this.client.outlet().close();
		this.upstream.outlet().close();
	}

}
