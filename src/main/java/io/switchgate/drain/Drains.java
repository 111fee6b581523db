package io.switchgate.drain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.util.concurrent.DefaultThreadFactory;

import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelProperties;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Starts drains, and remembers each of them while it has tunnels to close or while
 * handshakes are refused because of it.
 */
public final class Drains implements TunnelListener, AutoCloseable {

	/**
	 * Most scopes that operators may drain at the same time, including those that only
	 * refuse handshakes. Stops and reloads do not count: they are few, and end by
	 * themselves.
	 */
	private static final int MOST_SCOPES = 1000;

	private static final String NOWHERE = "";

	private static final int MOST_FORMER = 20;

	private static final Duration TIMER_IDLE_TIME = Duration.ofSeconds(1);

	private final TunnelRegistry registry;

	private final Duration closeTime;

	private final Map<DrainScope, Drain> drains = new ConcurrentHashMap<>();

	private final Deque<Drain> former = new ArrayDeque<>();

	private final ScheduledThreadPoolExecutor timer = timer();

	/**
	 * Creates an instance without drains.
	 * @param tunnels tell how long a tunnel may take to close
	 */
	public Drains(TunnelRegistry registry, TunnelProperties tunnels) {
		this.registry = registry;
		// The client's answer, the end of its message, the upstream's answer, and then
		// the bytes still to be sent to it.
		this.closeTime = tunnels.closeWait().multipliedBy(3).plus(tunnels.closeTimeout());
	}

	/**
	 * Creates a timer that keeps its thread only while there is a drain.
	 */
	private static ScheduledThreadPoolExecutor timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("drain", true));
		timer.setKeepAliveTime(TIMER_IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS);
		timer.allowCoreThreadTimeOut(true);
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	/**
	 * Starts a drain. It replaces an ended drain of the same scope.
	 * @return completes when the drain has ended
	 * @throws IllegalStateException if its scope is already being drained, or if
	 * operators have started too many drains
	 */
	public synchronized CompletionStage<DrainState> start(DrainRequest request) {
		DrainScope scope = request.scope();
		Drain running = this.drains.get(scope);
		if (running != null && running.isRunning()) {
			throw new IllegalStateException("drain of " + scope + ": running (expected: done or cancelled)");
		}
		if (running == null && scope.isOfOperator()) {
			requireRoom();
		}
		Drain drain = new Drain(request, this.registry, this.timer);
		this.drains.put(scope, drain);
		drain.start(this.closeTime);
		return drain.ended().whenComplete((state, error) -> forgetUnlessRefusing(drain));
	}

	private void requireRoom() {
		long scopes = this.drains.keySet().stream().filter(DrainScope::isOfOperator).count();
		if (scopes >= MOST_SCOPES) {
			throw new IllegalStateException(
					"drains: " + scopes + " (expected: at most " + MOST_SCOPES + "; cancel one)");
		}
	}

	/**
	 * Returns the longest time that a drain may take.
	 */
	public Duration bound(DrainRequest request) {
		return Drain.bound(request, this.closeTime);
	}

	/**
	 * Cancels a drain. Tunnels that it has not closed stay open, and handshakes are no
	 * longer refused.
	 * @return whether there was one
	 */
	public synchronized boolean cancel(DrainScope scope) {
		Drain drain = this.drains.get(scope);
		if (drain != null) {
			drain.cancel();
			forget(drain);
		}
		return drain != null;
	}

	private void forgetUnlessRefusing(Drain drain) {
		if (!drain.status().isRefusing()) {
			forget(drain);
		}
	}

	private synchronized void forget(Drain drain) {
		if (this.drains.remove(drain.scope(), drain)) {
			this.former.addLast(drain);
			if (this.former.size() > MOST_FORMER) {
				this.former.removeFirst();
			}
		}
	}

	/**
	 * Returns whether a drain refuses every handshake of a route, wherever it would go.
	 */
	public boolean refuses(String route) {
		return refuses(route, NOWHERE);
	}

	/**
	 * Returns whether a drain refuses a handshake of a route to an upstream.
	 */
	public boolean refuses(String route, String upstream) {
		Collection<DrainScope> scopes = this.drains.keySet();
		return !scopes.isEmpty() && scopes.stream().anyMatch((scope) -> scope.refuses(route, upstream));
	}

	/**
	 * Returns the current drains and a few that have ended.
	 */
	public synchronized List<DrainStatus> status() {
		return Stream.concat(this.drains.values().stream(), this.former.stream()).map(Drain::status).toList();
	}

	/**
	 * Returns the current drain of a scope, if there is one.
	 */
	public Optional<DrainStatus> status(DrainScope scope) {
		return Optional.ofNullable(this.drains.get(scope)).map(Drain::status);
	}

	/**
	 * Returns how many drains still have tunnels to close.
	 */
	public int running() {
		return (int) this.drains.values().stream().filter(Drain::isRunning).count();
	}

	/**
	 * Returns how many tunnels all drains still have to close.
	 */
	public int remaining() {
		return this.drains.values().stream().filter(Drain::isRunning).mapToInt(Drain::remaining).sum();
	}

	@Override
	public void opened(Tunnel tunnel) {
		this.drains.values().forEach((drain) -> drain.opened(tunnel));
	}

	@Override
	public void closed(Tunnel tunnel) {
		this.drains.values().forEach((drain) -> drain.closed(tunnel));
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
