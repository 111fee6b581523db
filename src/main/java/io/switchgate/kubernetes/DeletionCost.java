package io.switchgate.kubernetes;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The cost of deleting this pod: its open tunnels. A ReplicaSet that scales down deletes
 * the pods with the lowest cost first.
 */
final class DeletionCost {

	private static final Logger logger = LoggerFactory.getLogger(DeletionCost.class);

	/**
	 * Stands for a missing answer where the status of a refusal would be.
	 */
	private static final int UNREACHED = 0;

	private final IntSupplier tunnels;

	private final IntFunction<Mono<Void>> publish;

	private final Duration interval;

	/**
	 * The cost that Kubernetes has, or null if that is unknown. It is unknown at first,
	 * because an earlier container of this pod may have set one, and after an error,
	 * because the update may have arrived.
	 */
	private @Nullable Integer published;

	/**
	 * Why the last update failed: a status, or {@link #UNREACHED}.
	 */
	private @Nullable Integer failure;

	DeletionCost(IntSupplier tunnels, IntFunction<Mono<Void>> publish, Duration interval) {
		this.tunnels = tunnels;
		this.publish = publish;
		this.interval = interval;
	}

	/**
	 * Keeps the cost up to date. It sends one update at a time and waits for an interval
	 * after each. The first wait is random, so that pods that started together do not
	 * send their updates together.
	 * @param scheduler single thread on which everything runs, updates included
	 * @return never ends by itself
	 */
	Mono<Void> keep(Scheduler scheduler) {
		Duration first = Duration.ofNanos(ThreadLocalRandom.current().nextLong(this.interval.toNanos()));
		return Mono.defer(this::update)
			.onErrorResume(this::failed)
			.then(Mono.delay(this.interval, scheduler))
			.repeat()
			.delaySubscription(first, scheduler)
			.then();
	}

	private Mono<Void> update() {
		Integer open = this.tunnels.getAsInt();
		if (open.equals(this.published)) {
			return Mono.empty();
		}
		this.published = null;
		return this.publish.apply(open).doOnSuccess((done) -> succeeded(open));
	}

	private void succeeded(Integer open) {
		this.published = open;
		if (this.failure != null) {
			this.failure = null;
			logger.info("Deletion cost of this pod kept again: {}", open);
		}
	}

	/**
	 * Logs a failure once, and again only if its reason changes.
	 */
	private Mono<Void> failed(Throwable error) {
		Integer reason = (error instanceof RefusedException refused) ? refused.status() : UNREACHED;
		if (!reason.equals(this.failure)) {
			this.failure = reason;
			logger.warn("Deletion cost of this pod not kept: {}", error.getMessage());
		}
		return Mono.empty();
	}

}
