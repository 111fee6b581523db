package io.switchgate.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * One drain, from its start to its end.
 *
 * <p>
 * Tunnels join and leave on their own event loop, on which they also open and close, so
 * none is missed or counted twice. When the time is over, the remaining tunnels are cut.
 */
final class Drain {

	/**
	 * Longest time that a tunnel needs from the cut until both of its connections are
	 * closed.
	 */
	static final Duration CUT_TIME = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private static final int PROGRESS_LINES = 10;

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	private final DrainRequest request;

	private final TunnelRegistry registry;

	private final ScheduledExecutorService timer;

	private final Instant started = Instant.now();

	private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger total = new AtomicInteger();

	private final AtomicInteger cut = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	private final CompletableFuture<DrainState> ended = new CompletableFuture<>();

	private volatile DrainState state = DrainState.RUNNING;

	private volatile boolean planned;

	Drain(DrainRequest request, TunnelRegistry registry, ScheduledExecutorService timer) {
		this.request = request;
		this.registry = registry;
		this.timer = timer;
	}

	/**
	 * Schedules the closes.
	 * @param closeTime time that a tunnel may take to close after its grace
	 */
	void start(Duration closeTime) {
		Duration bound = bound(this.request, closeTime);
		whileRunning(this.timer.schedule(this::cutAll, bound.minus(CUT_TIME).toMillis(), TimeUnit.MILLISECONDS));
		whileRunning(this.timer.schedule(() -> end(DrainState.DONE), bound.toMillis(), TimeUnit.MILLISECONDS));
		this.registry.ask(this::joinIdle).toFuture().whenComplete((answers, error) -> plan(answers));
	}

	/**
	 * Returns the longest time that a drain may take.
	 */
	static Duration bound(DrainRequest request, Duration closeTime) {
		return request.time().plus(request.order().grace()).plus(closeTime).plus(CUT_TIME);
	}

	private void whileRunning(ScheduledFuture<?> task) {
		this.ended.thenRun(() -> task.cancel(false));
	}

	private void plan(@Nullable List<Optional<DrainPlan.Idle<Tunnel>>> answers) {
		List<DrainPlan.Idle<Tunnel>> tunnels = (answers != null) ? answers.stream().flatMap(Optional::stream).toList()
				: List.of();
		if (!tunnels.isEmpty()) {
			logger.info("Drain of {}: {} tunnels to close over {} s", this.request.scope(), tunnels.size(),
					seconds(this.request.time()));
			long pause = Math.max(this.request.time().dividedBy(PROGRESS_LINES).toMillis(), SHORTEST_PAUSE.toMillis());
			whileRunning(this.timer.scheduleAtFixedRate(this::logProgress, pause, pause, TimeUnit.MILLISECONDS));
		}
		new DrainPlan(this.request.time(), ThreadLocalRandom.current()).steps(tunnels)
			.forEach((step) -> this.registry.tell(step.tunnel(), step.delay(), this::close));
		this.planned = true;
		endIfNoneIsLeft();
	}

	private Optional<DrainPlan.Idle<Tunnel>> joinIdle(Tunnel tunnel) {
		return join(tunnel) ? Optional.of(new DrainPlan.Idle<>(tunnel, tunnel.snapshot().idle())) : Optional.empty();
	}

	private boolean join(Tunnel tunnel) {
		boolean joined = this.request.scope().covers(tunnel.terms()) && this.open.add(tunnel);
		if (joined) {
			this.total.incrementAndGet();
		}
		return joined;
	}

	/**
	 * Closes a tunnel whose handshake was in progress when the drain began.
	 */
	void opened(Tunnel tunnel) {
		if (join(tunnel)) {
			this.registry.tell(tunnel, Duration.ZERO, this::close);
		}
	}

	void closed(Tunnel tunnel) {
		if (this.open.remove(tunnel)) {
			endIfNoneIsLeft();
		}
	}

	private void close(Tunnel tunnel) {
		if (this.state != DrainState.CANCELLED) {
			tunnel.close(this.request.order());
		}
	}

	private void cutAll() {
		this.open.forEach((tunnel) -> this.registry.tell(tunnel, Duration.ZERO, (late) -> {
			this.cut.incrementAndGet();
			late.cut(this.request.scope().cause());
		}));
	}

	private void endIfNoneIsLeft() {
		if (this.planned && this.open.isEmpty()) {
			end(DrainState.DONE);
		}
	}

	void cancel() {
		if (!end(DrainState.CANCELLED)) {
			this.state = DrainState.CANCELLED;
		}
	}

	private boolean end(DrainState how) {
		boolean ends = this.over.compareAndSet(false, true);
		if (ends) {
			this.state = how;
			DrainStatus status = status();
			if (status.total() > 0) {
				logger.info("Drain of {}: {} after {} s, {} of {} tunnels closed, {} of them cut", this.request.scope(),
						how.code(), seconds(Duration.between(this.started, Instant.now())), status.closed(),
						status.total(), status.cut());
			}
			this.ended.complete(how);
		}
		return ends;
	}

	private void logProgress() {
		DrainStatus status = status();
		logger.info("Drain of {}: {} of {} tunnels closed, {} left", this.request.scope(), status.closed(),
				status.total(), status.remaining());
	}

	private static String seconds(Duration duration) {
		return "%.1f".formatted(duration.toMillis() / 1000.0);
	}

	CompletionStage<DrainState> ended() {
		return this.ended;
	}

	DrainScope scope() {
		return this.request.scope();
	}

	boolean isRunning() {
		return this.state == DrainState.RUNNING;
	}

	int remaining() {
		return this.open.size();
	}

	DrainStatus status() {
		int left = this.open.size();
		int found = Math.max(this.total.get(), left);
		return new DrainStatus(this.request, this.state, this.started, found, found - left, this.cut.get());
	}

}
