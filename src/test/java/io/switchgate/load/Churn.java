package io.switchgate.load;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients and upstreams that run random scenarios, many of them at a time.
 */
final class Churn implements AutoCloseable {

	private static final int CLIENTS = 96;

	private static final int DEADLINE_SECONDS = 60;

	private static final List<TunnelScenario> SCENARIOS = List.of(TunnelScenario.values());

	private final Random seeds;

	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicLongArray opened = new AtomicLongArray(SCENARIOS.size());

	private final LongAdder turnedAway = new LongAdder();

	private final Set<String> running = ConcurrentHashMap.newKeySet();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	Churn(long seed) {
		this.seeds = new Random(seed);
		this.threads.execute(this::serve);
	}

	String upstreamUri() {
		return this.upstreams.uri();
	}

	/**
	 * Starts scenarios for a while, and waits until all of them have ended.
	 */
	void run(int port, Duration time) throws InterruptedException {
		long end = System.nanoTime() + time.toNanos();
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		IntStream.range(0, CLIENTS).mapToObj((i) -> new Random(this.seeds.nextLong())).forEach((random) -> {
			clients.execute(() -> {
				while (System.nanoTime() - end < 0) {
					runClient(port, SCENARIOS.get(random.nextInt(SCENARIOS.size())), random.nextInt());
				}
			});
		});
		clients.shutdown();
		boolean ended = clients.awaitTermination(time.toSeconds() + DEADLINE_SECONDS, TimeUnit.SECONDS);
		assertThat(ended).as("ended, but for %s; failures: %s", this.running, this.failures).isTrue();
	}

	private void runClient(int port, TunnelScenario scenario, int seed) {
		guard("client", scenario, seed, () -> {
			try (Wire wire = Wire.connect(port)) {
				String head = wire.send(Handshakes.request("/" + scenario + "/" + seed)).head();
				if (head.startsWith("HTTP/1.1 101 ")) {
					this.opened.incrementAndGet(scenario.ordinal());
					scenario.runClient(TunnelEnd.client(wire), seed);
				}
				else {
					this.turnedAway.increment();
					assertThat(head).startsWith("HTTP/1.1 503 ");
					assertThat(scenario).isEqualTo(TunnelScenario.DRAINED);
				}
			}
		});
	}

	private void serve() {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Wire wire = this.upstreams.accept();
				this.threads.execute(() -> runUpstream(wire));
			}
			catch (UncheckedIOException ex) {
				if (!(ex.getCause() instanceof SocketTimeoutException)) {
					return;
				}
			}
		}
	}

	private void runUpstream(Wire wire) {
		try (wire) {
			String[] path = wire.head().split("[/ ]", 5);
			TunnelScenario scenario = TunnelScenario.valueOf(path[2]);
			int seed = Integer.parseInt(path[3]);
			guard("upstream", scenario, seed, () -> {
				wire.send(Handshakes.SWITCHED);
				scenario.runUpstream(TunnelEnd.upstream(wire), seed);
			});
		}
	}

	private void guard(String who, TunnelScenario scenario, int seed, Runnable script) {
		String name = who + " of " + scenario + "/" + seed;
		this.running.add(name);
		try {
			script.run();
		}
		catch (UncheckedIOException ex) {
			if (!scenario.mayBeCut() || ex.getCause() instanceof SocketTimeoutException) {
				this.failures.add(name + ": " + ex);
			}
		}
		catch (AssertionError | RuntimeException ex) {
			this.failures.add(name + ": " + ex);
		}
		finally {
			this.running.remove(name);
		}
	}

	/**
	 * Records a failure unless a condition holds.
	 */
	void expect(boolean condition, String failure) {
		if (!condition) {
			this.failures.add(failure);
		}
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Returns how many clients of a scenario got a 101.
	 */
	long opened(TunnelScenario scenario) {
		return this.opened.get(scenario.ordinal());
	}

	long opened() {
		return SCENARIOS.stream().mapToLong(this::opened).sum();
	}

	/**
	 * Returns how many clients got a 503 during a drain.
	 */
	long turnedAway() {
		return this.turnedAway.sum();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.upstreams.close();
	}

}
