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
 * Clients and upstreams that play acts at random, some of them at a time.
 */
final class Churn implements AutoCloseable {

	private static final int CLIENTS = 96;

	private static final int DEADLINE_SECONDS = 60;

	private static final List<Act> ACTS = List.of(Act.values());

	private final Random seeds;

	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicLongArray opened = new AtomicLongArray(ACTS.size());

	private final LongAdder turnedAway = new LongAdder();

	private final Set<String> playing = ConcurrentHashMap.newKeySet();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	Churn(long seed) {
		this.seeds = new Random(seed);
		this.threads.execute(this::serve);
	}

	String upstreamUri() {
		return this.upstreams.uri();
	}

	/**
	 * Plays for a while, and what has begun to its end.
	 */
	void play(int port, Duration time) throws InterruptedException {
		long end = System.nanoTime() + time.toNanos();
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		IntStream.range(0, CLIENTS).mapToObj((i) -> new Random(this.seeds.nextLong())).forEach((random) -> {
			clients.execute(() -> {
				while (System.nanoTime() - end < 0) {
					playClient(port, ACTS.get(random.nextInt(ACTS.size())), random.nextInt());
				}
			});
		});
		clients.shutdown();
		boolean ended = clients.awaitTermination(time.toSeconds() + DEADLINE_SECONDS, TimeUnit.SECONDS);
		assertThat(ended).as("ended, but for %s; failures: %s", this.playing, this.failures).isTrue();
	}

	private void playClient(int port, Act act, int seed) {
		guard("client", act, seed, () -> {
			try (Wire wire = Wire.connect(port)) {
				String head = wire.send(Handshakes.request("/" + act + "/" + seed)).head();
				if (head.startsWith("HTTP/1.1 101 ")) {
					this.opened.incrementAndGet(act.ordinal());
					act.playClient(Speaker.client(wire), seed);
				}
				else {
					this.turnedAway.increment();
					assertThat(head).startsWith("HTTP/1.1 503 ");
					assertThat(act).isEqualTo(Act.DRAINED);
				}
			}
		});
	}

	private void serve() {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Wire wire = this.upstreams.accept();
				this.threads.execute(() -> playUpstream(wire));
			}
			catch (UncheckedIOException ex) {
				if (!(ex.getCause() instanceof SocketTimeoutException)) {
					return;
				}
			}
		}
	}

	private void playUpstream(Wire wire) {
		try (wire) {
			String[] path = wire.head().split("[/ ]", 5);
			Act act = Act.valueOf(path[2]);
			int seed = Integer.parseInt(path[3]);
			guard("upstream", act, seed, () -> {
				wire.send(Handshakes.SWITCHED);
				act.playUpstream(Speaker.upstream(wire), seed);
			});
		}
	}

	private void guard(String who, Act act, int seed, Runnable part) {
		String name = who + " of " + act + "/" + seed;
		this.playing.add(name);
		try {
			part.run();
		}
		catch (UncheckedIOException ex) {
			if (!act.isBrokenOff() || ex.getCause() instanceof SocketTimeoutException) {
				this.failures.add(name + ": " + ex);
			}
		}
		catch (AssertionError | RuntimeException ex) {
			this.failures.add(name + ": " + ex);
		}
		finally {
			this.playing.remove(name);
		}
	}

	/**
	 * Notes what should not be, if it is so.
	 */
	void expect(boolean expected, String otherwise) {
		if (!expected) {
			this.failures.add(otherwise);
		}
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Returns how many clients of an act have got a 101.
	 */
	long opened(Act act) {
		return this.opened.get(act.ordinal());
	}

	long opened() {
		return ACTS.stream().mapToLong(this::opened).sum();
	}

	/**
	 * Returns how many got a 503 during a drain.
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
