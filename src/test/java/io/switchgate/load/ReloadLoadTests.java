package io.switchgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load tests of a hundred reloads: no tunnel is lost, every handshake finds its route,
 * and the gateway does not grow.
 */
class ReloadLoadTests {

	private static final int CLIENTS = 1_000;

	private static final int WARM_UP = 30;

	private static final int RELOADS = 100;

	private static final long PAUSE_MILLIS = 200;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	/**
	 * Bytes by which the heap differs from one garbage collection to another.
	 */
	private static final long NOISE = 2 * 1024 * 1024;

	private static final String CHANGING = "/changing";

	private static final String ROUTES = """
			spring.cloud.gateway.server.webflux.routes:
			  - id: ws
			    uri: %1$s
			    predicates: [ "Path=/ws/**" ]
			    metadata: { version: %2$d }
			  - id: changing
			    uri: %1$s
			    predicates: [ "Path=/changing/**" ]
			    filters: [ "AddRequestHeader=X-Version, %2$d" ]
			  - id: every-%2$d
			    uri: %1$s
			    predicates: [ "Path=/every/**" ]
			""";

	private final Path file = BuildDirectory.fresh("reload").resolve("application.yml");

	private final LongAdder handshakes = new LongAdder();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicBoolean ended = new AtomicBoolean();

	private EventLoopGroup loops;

	private EchoUpstream upstream;

	private int version;

	@BeforeEach
	void start() {
		this.loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
		this.upstream = EchoUpstream.start(this.loops);
	}

	@AfterEach
	void stop() {
		this.ended.set(true);
		this.upstream.close();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void losesNoTunnelAndDoesNotGrow() throws Exception {
		write();
		try (GatewayProcess gateway = GatewayProcess.startReading(this.file);
				Swarm swarm = new Swarm(this.loops, gateway.port(), CLIENTS)) {
			swarm.connect();
			swarm.awaitAllOpen(DEADLINE);
			swarm.startCounting();
			Future<?> talk = this.loops.scheduleWithFixedDelay(swarm::talk, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
			Thread prober = new Thread(() -> shakeHands(gateway), "prober");
			prober.start();
			reload(gateway, WARM_UP);
			Figures before = gateway.rest();
			long start = System.nanoTime();
			reload(gateway, RELOADS);
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			Figures after = gateway.rest();
			this.ended.set(true);
			prober.join(DEADLINE.toMillis());
			talk.cancel(false);
			awaitEveryEcho(swarm);
			report(before, after, swarm, millis);
			assertThat(swarm.losses()).as("tunnels lost").isZero();
			assertThat(this.refused).as("handshakes without a route").hasValue(0);
			assertThat(gateway.tunnels()).isGreaterThanOrEqualTo(CLIENTS);
			assertNoGrowth(before, after);
		}
	}

	private void reload(GatewayProcess gateway, int times) {
		for (int i = 0; i < times; i++) {
			write();
			assertThat(gateway.refresh()).contains("\"changed\":[\"ws\",\"changing\"]", "\"added\":[\"every-");
		}
	}

	private void write() {
		try {
			Files.writeString(this.file, ROUTES.formatted(this.upstream.uri(), ++this.version));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Opens one tunnel after another, on a route that every reload changes.
	 */
	private void shakeHands(GatewayProcess gateway) {
		while (!this.ended.get()) {
			try (Wire client = Wire.connect(gateway.port())) {
				client.send(Handshakes.request(CHANGING));
				this.handshakes.increment();
				if (!client.head().startsWith("HTTP/1.1 101 ")) {
					this.refused.incrementAndGet();
				}
			}
			catch (UncheckedIOException ex) {
				this.refused.incrementAndGet();
			}
		}
	}

	private static void assertNoGrowth(Figures before, Figures after) {
		assertThat(after.heap()).as("heap").isLessThan(before.heap() + NOISE);
		assertThat(after.meters()).as("meters").isEqualTo(before.meters());
		assertThat(after.classes()).as("classes").isLessThan(before.classes() + RELOADS);
		assertThat(after.threads()).as("threads").isLessThan(before.threads() + RELOADS / 10);
	}

	private static void awaitEveryEcho(Swarm swarm) {
		Awaitility.await()
			.atMost(DEADLINE)
			.untilAsserted(() -> assertThat(swarm.echoes()).as("messages echoed").isEqualTo(swarm.sent()));
	}

	private void report(Figures before, Figures after, Swarm swarm, long millis) {
		new Report("reloads", "took", "tunnels", "lost", "messages sent / echoed", "new handshakes / refused",
				"heap / direct / RSS after GC before", "and after", "classes", "threads", "meters")
			.row(Integer.toString(RELOADS), millis + " ms", Integer.toString(CLIENTS), Integer.toString(swarm.losses()),
					swarm.sent() + " / " + swarm.echoes(), this.handshakes + " / " + this.refused, before.megabytes(),
					after.megabytes(), before.classes() + " / " + after.classes(),
					before.threads() + " / " + after.threads(), before.meters() + " / " + after.meters())
			.print("reload");
	}

}
