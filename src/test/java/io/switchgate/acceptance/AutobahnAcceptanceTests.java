package io.switchgate.acceptance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The library ws behaves behind the gateway as it does without it, in each case of the
 * Autobahn test suite. The suite's own runner needs Python 2, so kosoku runs its cases.
 */
@RequiresTool({ "python3", "node", "npm" })
class AutobahnAcceptanceTests {

	private static final Duration DEADLINE = Duration.ofMinutes(4);

	/**
	 * Number of compressed messages in a case. The suite itself sends a thousand.
	 */
	private static final int MESSAGES = 20;

	private static Map<String, Case> direct;

	private static Map<String, Case> proxied;

	private static Map<String, Case> transparent;

	@BeforeAll
	@Timeout(600)
	static void run() {
		try (NodeEcho echo = NodeEcho.start("autobahn.js");
				Gateway gateway = Gateway.with()
					.route("transparent", echo.uri())
					.limits("mode", "transparent")
					.route("proxied", echo.uri())
					.start()) {
			direct = run(echo.uri().replace("http:", "ws:") + "/echo");
			proxied = run("ws://127.0.0.1:" + gateway.port() + "/proxied");
			transparent = run("ws://127.0.0.1:" + gateway.port() + "/transparent");
		}
	}

	private static Map<String, Case> run(String uri) {
		return Program
			.run(DEADLINE, BuildDirectory.resolve(""), Installation.python(), "-B",
					BuildDirectory.resource("autobahn.py"), uri, MESSAGES)
			.stream()
			.map(Case::parse)
			.collect(Collectors.toMap(Case::number, Function.identity(), (a, b) -> a, LinkedHashMap::new));
	}

	static Stream<Arguments> cases() {
		return direct.values().stream().map((one) -> Arguments.argumentSet(one.number(), one));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void everyCaseBehavesAsWithoutTheGateway(Case expected) {
		assertThat(expected.passed()).as(expected.transcript()).isTrue();
		assertThat(transparent.get(expected.number())).isEqualTo(expected);
	}

	/**
	 * Compares no transcripts, since the gateway refuses a few frames itself.
	 */
	@ParameterizedTest
	@MethodSource("cases")
	void everyCasePassesWithDefaultLimits(Case expected) {
		assertThat(proxied.get(expected.number())).matches(Case::passed);
	}

	@Test
	void coversEverySectionThatServersHave() {
		Map<String, Long> sections = direct.keySet()
			.stream()
			.collect(Collectors.groupingBy((number) -> number.split("\\.", 2)[0], Collectors.counting()));
		assertThat(sections).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("1", 16L), Map.entry("2", 11L),
				Map.entry("3", 7L), Map.entry("4", 10L), Map.entry("5", 20L), Map.entry("6", 145L), Map.entry("7", 37L),
				Map.entry("9", 54L), Map.entry("10", 1L), Map.entry("12", 90L), Map.entry("13", 126L)));
		assertThat(proxied.keySet()).isEqualTo(transparent.keySet()).isEqualTo(direct.keySet());
	}

	/**
	 * Result of a case.
	 *
	 * @param number number in the suite, as in {@code 6.12.3}
	 * @param passed whether the case passed
	 * @param transcript frames of the server
	 */
	private record Case(String number, boolean passed, String transcript) {

		static Case parse(String line) {
			String[] parts = line.split(" ", 3);
			return new Case(parts[0], parts[1].equals("passed"), parts[2]);
		}

	}

}
