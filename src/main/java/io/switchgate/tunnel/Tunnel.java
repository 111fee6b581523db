package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Pair of connections after the switch. Both ends use one event loop, and everything here
 * runs on it, so it needs no locks.
 */
public final class Tunnel {

	private final String id;

	private final TunnelTerms terms;

	private final TunnelListeners listener;

	private final TunnelEnd client;

	private final TunnelEnd upstream;

	private final TimeWatch time;

	private final Activity activity = new Activity(this, System.nanoTime());

	private final Ending ending;

	private boolean closed;

	Tunnel(String id, TunnelTerms terms, TunnelProperties properties, TunnelListeners listener, TunnelEnd client,
			TunnelEnd upstream) {
		this.id = id;
		this.terms = terms;
		this.listener = listener;
		this.client = client;
		this.upstream = upstream;
		this.time = new TimeWatch(this, terms.limits());
		this.ending = new Ending(this, properties);
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
	 */
	public Duration age() {
		return this.activity.age();
	}

	/**
	 * Ends this tunnel with close frames to both ends, unless it is already being closed.
	 * Its first cause stays. An end that does not answer in time is cut. May be called on
	 * any thread.
	 */
	public void close(CloseOrder order) {
		if (!eventLoop().inEventLoop()) {
			eventLoop().execute(() -> close(order));
		}
		else {
			this.ending.close(order);
		}
	}

	/**
	 * Ends this tunnel at once, without close frames.
	 * @param why cause, unless there is one already
	 */
	public void cut(CloseCause why) {
		this.ending.because(why);
		disconnect();
	}

	/**
	 * Returns the current state of this tunnel. Call it on the tunnel's event loop.
	 */
	public TunnelSnapshot snapshot() {
		return new TunnelSnapshot(this.id, this.terms, this.activity.opened(), this.activity.idle(), cause(),
				this.client.snapshot(), this.upstream.snapshot());
	}

	/**
	 * Counts the bytes that wait in the gateway. If there are none, this tunnel is no
	 * longer busy. Call it on the tunnel's event loop.
	 * @return bytes that wait for both ends together
	 */
	public long settle() {
		long waiting = this.client.outlet().pendingBytes() + this.upstream.outlet().pendingBytes();
		if (waiting == 0) {
			this.activity.calm();
		}
		return waiting;
	}

	Ending ending() {
		return this.ending;
	}

	/**
	 * Returns when this tunnel was opened, and how long it has been idle.
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
	 * Connects both ends. From now on, what they read is relayed.
	 */
	void couple() {
		this.listener.opened(this);
		int pulseKey = ThreadLocalRandom.current().nextInt();
		this.client.couple(this, this.upstream, pulseKey);
		this.upstream.couple(this, this.client, pulseKey);
	}

	/**
	 * Relays the bytes that arrived early, and starts to read.
	 */
	void start() {
		this.upstream.start(this);
		this.client.start(this);
		this.time.start();
	}

	void stalled(TunnelEnd end) {
		this.time.stalled(end);
	}

	/**
	 * Returns why this tunnel ends.
	 * @return the first cause, or null if the tunnel is not ending
	 */
	public @Nullable CloseCause cause() {
		return this.ending.cause();
	}

	/**
	 * Returns the code of the close frame that came first.
	 * @return code, 1005 if that frame has none, 1006 if there was no close frame
	 */
	public int closeCode() {
		return this.ending.closeCode();
	}

	/**
	 * Called when both ends are closed.
	 */
	void closed() {
		if (!this.closed) {
			this.closed = true;
			this.time.stop();
			this.client.intake().stop();
			this.upstream.intake().stop();
			this.listener.closed(this);
		}
	}

	/**
	 * Closes both connections without sending their waiting bytes.
	 */
	void disconnect() {
		this.client.outlet().close();
		this.upstream.outlet().close();
	}

}
