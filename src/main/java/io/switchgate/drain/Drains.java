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
 * Starts drains, and knows them as long as they matter: while they have tunnels to close,
 * and while handshakes are refused because of them.
 */
public final class Drains implements TunnelListener, AutoCloseable {

	/**
	 * Scopes that operators may have at once, those among them that only refuse
	 * handshakes. Stops and reloads are not refused: they are few, and end by themselves.
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
	 * Prepares to drain.
	 * @param tunnels say how long a tunnel may take to close
	 */
	public Drains(TunnelRegistry registry, TunnelProperties tunnels) {
		this.registry = registry;
		// The client's answer, the end of its message, the upstream's answer, and what is
		// on its way to it.
		this.closeTime = tunnels.closeWait().multipliedBy(3).plus(tunnels.closeTimeout());
	}

	/**
	 * Has a thread only while there is a drain.
	 */
	private static ScheduledThreadPoolExecutor timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("drain", true));
		timer.setKeepAliveTime(TIMER_IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS);
		timer.allowCoreThreadTimeOut(true);
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	/**
	 * Starts a drain, in place of one of the same scope that has ended.
	 * @return completed when it has ended
	 * @throws IllegalStateException if its scope is being drained already, or if
	 * operators have too many
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
	 * Returns the longest time that a drain takes.
	 */
	public Duration bound(DrainRequest request) {
		return Drain.bound(request, this.closeTime);
	}

	/**
	 * Cancels a drain. What it has not closed stays open, and handshakes are no longer
	 * refused.
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
	 * Says whether a handshake is refused because of a drain, wherever it would go.
	 */
	public boolean refuses(String route) {
		return refuses(route, NOWHERE);
	}

	/**
	 * Says whether a handshake is refused because of a drain.
	 */
	public boolean refuses(String route, String upstream) {
		Collection<DrainScope> scopes = this.drains.keySet();
		return !scopes.isEmpty() && scopes.stream().anyMatch((scope) -> scope.refuses(route, upstream));
	}

	/**
	 * Returns drains that matter, and a few that did.
	 */
	public synchronized List<DrainStatus> status() {
		return Stream.concat(this.drains.values().stream(), this.former.stream()).map(Drain::status).toList();
	}

	/**
	 * Returns a drain that matters.
	 */
	public Optional<DrainStatus> status(DrainScope scope) {
		return Optional.ofNullable(this.drains.get(scope)).map(Drain::status);
	}

	/**
	 * Returns how many drains have tunnels to close.
	 */
	public int running() {
		return (int) this.drains.values().stream().filter(Drain::isRunning).count();
	}

	/**
	 * Returns how many tunnels they have to close.
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
