package io.switchgate.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Channels;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of connections that break at every stage of a handshake leave nothing behind.
 */
class ChurnGatewayTests {

	private static final int WARM_UP = 2_000;

	private static final int CONNECTIONS = 10_000;

	private static final long HEAP_NOISE = 4 * 1024 * 1024;

	private ExecutorService threads;

	private ScriptedUpstream upstreams;

	private Gateway gateway;

	@BeforeEach
	void start() {
		this.threads = Executors.newCachedThreadPool();
		this.upstreams = ScriptedUpstream.start();
		this.gateway = Gateway.with().route("chat", this.upstreams.uri()).start();
		this.threads.execute(this::serve);
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.gateway.close();
		this.upstreams.close();
	}

	@Test
	void leavesNothingBehindWhateverStageConnectionsBreakAt() throws Exception {
		churn(WARM_UP);
		awaitNoChannels();
		long heap = heap();
		long sockets = sockets();
		churn(CONNECTIONS);
		awaitNoChannels();
		Awaitility.await().untilAsserted(() -> assertThat(sockets()).isLessThanOrEqualTo(sockets));
		assertThat(heap() - heap).isLessThan(HEAP_NOISE);
	}

	private void churn(int connections) throws Exception {
		List<ClientStage> stages = List.of(ClientStage.values());
		ExecutorService clients = Executors.newFixedThreadPool(8);
		IntStream.range(0, connections).forEach((i) -> clients.execute(() -> {
			UpstreamStage upstream = UpstreamStage.values()[(i / stages.size()) % UpstreamStage.values().length];
			stages.get(i % stages.size()).play(this.gateway, upstream);
		}));
		clients.shutdown();
		assertThat(clients.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
	}

	private void awaitNoChannels() {
		Channels channels = this.gateway.channels();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(channels::open, (open) -> open == 0);
		channels.clear();
	}

	private static long heap() {
		System.gc();
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static long sockets() throws IOException {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter(ChurnGatewayTests::isSocket).count();
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void serve() {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Wire wire = this.upstreams.accept();
				this.threads.execute(() -> UpstreamStage.play(wire));
			}
			catch (UncheckedIOException ex) {
				return;
			}
		}
	}

	/**
	 * Where the upstream breaks off. The request's path tells it.
	 */
	private enum UpstreamStage {

		SILENT, CLOSES, RESETS, SENDS_HALF_AN_ANSWER, REFUSES, SWITCHES, SWITCHES_AND_RESETS;

		static void play(Wire wire) {
			try (wire) {
				String path = wire.head().split(" ", 3)[1];
				UpstreamStage stage = valueOf(path.substring(path.lastIndexOf('/') + 1));
				switch (stage) {
					case SENDS_HALF_AN_ANSWER -> wire.send(Handshakes.SWITCHED.substring(0, 60));
					case REFUSES -> wire.send("HTTP/1.1 403 Forbidden\nContent-Length: 2\n\nno");
					case SWITCHES, SWITCHES_AND_RESETS -> wire.send(Handshakes.SWITCHED + Frame.asText("hello"));
					default -> {
					}
				}
				if (stage == RESETS || stage == SWITCHES_AND_RESETS) {
					wire.reset();
				}
				else if (stage != CLOSES) {
					wire.awaitEnd();
				}
			}
			catch (UncheckedIOException ex) {
				// The client broke off first.
			}
		}

	}

	/**
	 * Where the client breaks off.
	 */
	private enum ClientStage {

		CONNECTS, SENDS_HALF_A_HEAD, SENDS_HEAD, SENDS_HEAD_AND_EARLY_FRAME, AWAITS_ANSWER, AWAITS_ANSWER_AND_SENDS;

		void play(Gateway gateway, UpstreamStage upstream) {
			String request = Handshakes.request("/chat/" + this + "/" + upstream);
			try (Wire client = gateway.connect()) {
				switch (this) {
					case SENDS_HALF_A_HEAD -> client.send(request.substring(0, request.length() / 2));
					case SENDS_HEAD -> client.send(request);
					case SENDS_HEAD_AND_EARLY_FRAME -> client.send(request + "early");
					case AWAITS_ANSWER, AWAITS_ANSWER_AND_SENDS -> awaitAnswer(client, request, upstream);
					default -> {
					}
				}
				if (ordinal() % 2 == 0) {
					client.reset();
				}
			}
			catch (UncheckedIOException ex) {
				// The upstream broke off first.
			}
		}

		private void awaitAnswer(Wire client, String request, UpstreamStage upstream) {
			client.send(request);
			if (upstream == UpstreamStage.SILENT || upstream == UpstreamStage.SENDS_HALF_AN_ANSWER) {
				return;
			}
			client.head();
			if (this == AWAITS_ANSWER_AND_SENDS) {
				client.send(Frame.text("late").mask().bytes());
			}
		}

	}

}
