package io.switchgate.acceptance;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a gateway that may open fewer files than it has clients.
 */
class OpenFilesAcceptanceTests {

	private static final int FILES = 256;

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private final BlockingQueue<Wire> upstreams = new LinkedBlockingQueue<>();

	private final List<Wire> clients = new ArrayList<>();

	private ScriptedUpstream upstream;

	@BeforeEach
	void start() {
		this.upstream = ScriptedUpstream.start();
		new Thread(this::switchAll).start();
	}

	private void switchAll() {
		try {
			while (true) {
				Wire connection = this.upstream.accept();
				connection.send(Handshakes.switched(connection.head()));
				this.upstreams.add(connection);
			}
		}
		catch (UncheckedIOException ex) {
			// The upstream is closed.
		}
	}

	@AfterEach
	void stop() {
		this.clients.forEach(Wire::close);
		this.upstream.close();
		this.upstreams.forEach(Wire::close);
	}

	private GatewayJar start(Transport transport, String... properties) {
		StringBuilder command = new StringBuilder("ulimit -n " + FILES + "; exec " + Tool.java() + " -jar "
				+ GatewayJar.file() + " --switchgate.transport.type=" + transport);
		for (String property : properties) {
			command.append(" --").append(property);
		}
		return GatewayJar.start(this.upstream.uri(), "sh", "-c", command.toString());
	}

	private static String answer(Wire client) {
		client.send(Handshakes.request("/ws"));
		String head = client.head();
		if (!head.startsWith("HTTP/1.1 101 ")) {
			assertThat(head).startsWith("HTTP/1.1 503 ")
				.containsIgnoringCase("\nContent-Type: application/problem+json\n")
				.containsPattern("(?i)\nRetry-After: ([1-9]|10)\n");
		}
		return head.substring(9, 12);
	}

	private long open(int port, int clients) {
		long switched = 0;
		for (int i = 0; i < clients; i++) {
			Wire client = Wire.connect(port);
			if (answer(client).equals("101")) {
				this.clients.add(client);
				switched++;
			}
			else {
				client.close();
			}
		}
		return switched;
	}

	private static void assertHealthy(GatewayJar gateway) {
		try (Wire operator = Wire.connect(gateway.managementPort())) {
			operator.send("GET /actuator/health HTTP/1.1\nHost: a\n\n");
			assertThat(operator.head()).startsWith("HTTP/1.1 200 ");
		}
	}

	private static void assertSaysLittle(GatewayJar gateway) {
		assertThat(gateway.output()).noneMatch((line) -> line.startsWith("\tat "))
			.filteredOn((line) -> !line.contains(" switchgate.access "))
			.hasSizeLessThan(100);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
	void refusesTunnelsWhenNoFilesAreLeft(Transport transport) {
		try (GatewayJar gateway = start(transport, "switchgate.client.connections=1000")) {
			Awaitility.await()
				.atMost(DEADLINE)
				.until(() -> gateway.output()
					.stream()
					.anyMatch((line) -> line.contains("switchgate.client.connections: 1000 (expected: at most ")));
			long tunnels = open(gateway.port(), FILES);
			assertThat(tunnels).isBetween(20L, FILES / 2 - 1L);
			assertHealthy(gateway);
			this.clients.get(0).send(Frame.asText("hi"));
			assertThat(this.upstreams.remove().frame().text()).isEqualTo("hi");
			this.clients.forEach(Wire::close);
			awaitRoom(gateway);
			assertSaysLittle(gateway);
		}
	}

	private static void awaitRoom(GatewayJar gateway) {
		Awaitility.await().atMost(DEADLINE).ignoreExceptions().untilAsserted(() -> {
			try (Wire client = Wire.connect(gateway.port())) {
				assertThat(answer(client)).isEqualTo("101");
			}
		});
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
	void countsConnectionsToUpstreamsOfStreamsAsWell(Transport transport) {
		try (GatewayJar gateway = start(transport, "server.http2.enabled=true");
				Http2Client first = Http2Client.connect(gateway.port(), false);
				Http2Client second = Http2Client.connect(gateway.port(), false)) {
			List<String> answers = new ArrayList<>();
			for (int i = 0; i < FILES / 2; i++) {
				Wire stream = ((i % 2 == 0) ? first : second).wire();
				this.clients.add(stream);
				answers.add(answer(stream));
			}
			assertThat(answers).contains("101", "503").containsOnly("101", "503");
			assertHealthy(gateway);
			try (Wire client = Wire.connect(gateway.port())) {
				client.send(Handshakes.request("/ws"));
				ProblemAnswer.expect(client, 503, "too-many-open-files");
				client.send("GET /ws HTTP/1.1\nHost: a\n\n");
				ProblemAnswer.expect(client, 503, "too-many-open-files");
			}
			assertSaysLittle(gateway);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
	void servesAgainAfterAllFilesWereInUse(Transport transport) {
		try (GatewayJar gateway = start(transport)) {
			open(gateway.port(), 1);
			List<Wire> operators = new ArrayList<>();
			for (int i = 0; i < FILES; i++) {
				operators.add(Wire.connect(gateway.managementPort()));
			}
			this.clients.get(0).send(Frame.asText("hi"));
			assertThat(Awaitility.await().until(this.upstreams::poll, (wire) -> wire != null).frame().text())
				.isEqualTo("hi");
			operators.forEach(Wire::close);
			awaitRoom(gateway);
			Awaitility.await().atMost(DEADLINE).ignoreExceptions().untilAsserted(() -> assertHealthy(gateway));
			assertSaysLittle(gateway);
		}
	}

}
