package io.switchgate.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.RecordingLeakDetector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every case against the gateway, and compares every byte.
 */
class ConformanceTests {

	/**
	 * Whether to write what happened into the case files instead of asserting it.
	 */
	private static final boolean RECORD = Boolean.getBoolean("conformance.record");

	private static final Path CASES = Path.of("..", "src", "test", "resources", "conformance");

	/**
	 * Each event loop may keep a second receive buffer once the first one is used up.
	 */
	private static final int MORE_BUFFERS = Runtime.getRuntime().availableProcessors();

	private static final ConnectionLock LOCK = new ConnectionLock(Duration.ofSeconds(5));

	private static RecordingUpstream upstream;

	private static Gateway gateway;

	private static ProxyUnderTest proxy;

	private static long buffers;

	@BeforeAll
	static void start() {
		upstream = RecordingUpstream.start(LOCK, 0);
		gateway = Gateway.with()
			.route("chat", "http://localhost:" + upstream.port())
			.property("switchgate.problem.show-upstream", "true")
			.start();
		proxy = new ProxyUnderTest(LOCK, new InetSocketAddress("127.0.0.1", gateway.port()), upstream);
		Case.all().stream().limit(8).forEach((script) -> new CaseRun(proxy, script, CaseConnections.WHOLE).run());
		awaitNoChannels();
		buffers = RecordingLeakDetector.open();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@AfterEach
	void assertNothingRemains() {
		assertThat(LOCK.await(upstream::upgradesEnded)).as("upstream connections of upgrades have ended").isTrue();
		awaitNoChannels();
		soon()
			.untilAsserted(() -> assertThat(RecordingLeakDetector.open()).isLessThanOrEqualTo(buffers + MORE_BUFFERS));
	}

	static List<Case> cases() {
		return Case.all();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void exchangesTheBytesOfTheCase(Case script) {
		Transcript transcript = new CaseRun(proxy, script, CaseConnections.WHOLE).run();
		if (RECORD) {
			record(script, transcript);
			return;
		}
		Case actual = transcript.toCase(script, proxy.notation());
		assertThat(actual.content()).as(script.toString()).isEqualTo(script.content());
		assertThat(transcript.faults()).isEmpty();
		List<String> outcomes = script.lines(SectionType.ANY_PROXY);
		assertThat(outcomes).as(script + ": " + Outcome.describe(transcript))
			.satisfiesAnyOf((lines) -> assertThat(lines).isEmpty(),
					(lines) -> assertThat(lines).anyMatch((line) -> new Outcome(line).holds(transcript)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void exchangesTheSameWhenSentByteByByte(Case script) {
		Transcript transcript = new CaseRun(proxy, script, 1).run();
		assertThat(joinChunks(transcript.toCase(script, proxy.notation()).content())).as(script.toString())
			.isEqualTo(joinChunks(script.content()));
		assertThat(transcript.faults()).isEmpty();
	}

	/**
	 * Joins chunks: the gateway may forward single bytes in smaller chunks (RFC 9112,
	 * section 7.1).
	 */
	private static String joinChunks(String content) {
		List<String> lines = new ArrayList<>(content.lines().toList());
		for (int i = 0; i + 3 < lines.size();) {
			if (isChunk(lines, i) && isChunk(lines, i + 2)) {
				String data = lines.get(i + 1) + lines.get(i + 3);
				lines.subList(i, i + 4).clear();
				lines.addAll(i, List.of(Integer.toHexString(data.length()), data));
			}
			else {
				i++;
			}
		}
		return String.join("\n", lines);
	}

	private static boolean isChunk(List<String> lines, int index) {
		int length = lines.get(index + 1).length();
		return length > 0 && lines.get(index).equals(Integer.toHexString(length));
	}

	private static void record(Case script, Transcript transcript) {
		try {
			Case actual = transcript.toCase(script.without(SectionType.CAUSE), proxy.notation());
			Files.writeString(CASES.resolve(script.path()), actual.content());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitNoChannels() {
		upstream.forget();
		soon().untilAsserted(() -> assertThat(gateway.channels().open()).isZero());
		gateway.channels().clear();
	}

	private static ConditionFactory soon() {
		return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
	}

}
