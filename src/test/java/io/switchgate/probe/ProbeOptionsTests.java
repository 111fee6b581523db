package io.switchgate.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProbeOptionsTests {

	@Test
	void aUrlIsEnough() {
		ProbeOptions options = parse("ws://localhost");
		assertThat(options.target()).isEqualTo(new Target(false, new Address("localhost", 80), "/", null));
		assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(options.against()).isNull();
		assertThat(options.message()).isNull();
		assertThat(options.headers()).isEmpty();
		assertThat(options.tls().isInsecure()).isFalse();
		assertThat(options.plain()).isFalse();
	}

	@Test
	void readsEveryOption() {
		ProbeOptions options = parse("--insecure", "--header", "Origin: https://a.example", "--header=X-Empty:",
				"--subprotocol", "a,b", "--subprotocol=c", "wss://a.example/ws?room=1", "--via", "[::1]:8443",
				"--against=ws://127.0.0.1:8000/ws", "--message", "--hi", "--timeout=500ms", "--plain");
		assertThat(options.target())
			.isEqualTo(new Target(true, new Address("a.example", 443), "/ws?room=1", new Address("[::1]", 8443)));
		assertThat(options.target().address()).hasToString("[::1]:8443");
		assertThat(options.target().host()).isEqualTo("a.example");
		assertThat(Objects.requireNonNull(options.against()).host()).isEqualTo("127.0.0.1:8000");
		assertThat(options.headers()).containsExactly(Map.entry("Origin", "https://a.example"),
				Map.entry("X-Empty", ""));
		assertThat(options.subprotocols()).containsExactly("a", "b", "c");
		assertThat(options.message()).isEqualTo("--hi");
		assertThat(options.timeout()).isEqualTo(Duration.ofMillis(500));
		assertThat(options.tls().isInsecure()).isTrue();
		assertThat(options.plain()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "ws://h/p, h, 80, h, /p", "WS://h:80, h, 80, h, /", "http://h:8080/, h, 8080, h:8080, /",
			"wss://h, h, 443, h, /", "https://h:80/a?b=c, h, 80, h:80, /a?b=c",
			"ws://[::1]:8080/p, [::1], 8080, [::1]:8080, /p", "ws://my_host?a=b, my_host, 80, my_host, /?a=b",
			"ws://h/a//b/../%2e?x?y, h, 80, h, /a//b/../%2e?x?y" })
	void readsUrls(String url, String name, int port, String host, String path) {
		Target target = parse(url).target();
		assertThat(target.url()).isEqualTo(new Address(name, port));
		assertThat(target.host()).isEqualTo(host);
		assertThat(target.path()).isEqualTo(path);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
			"`` | arguments: 0 (expected: one URL, as in probe ws://localhost:8080/ws)",
			"ws://a ws://b?s3 | arguments: 2 (expected: one URL,",
			"localhost | URL: localhost (expected: ws://host[:port]/path or wss://...,",
			"ftp://a/ | URL: ftp://a/ (expected: ws://host[:port]/path",
			"ws:///ws | URL: ws:///ws (expected: ws://host[:port]/path",
			"ws://a:0/ | URL: ws://a:0/ (expected: ws://host[:port]/path",
			"ws://a:65536/ | URL: ws://a:65536/ (expected: ws://host[:port]/path",
			"ws://a/#s3 | URL: ws://a/#(hidden) (expected: ws://host[:port]/path",
			"ws://u:s3@a/?t=s3 | URL: ws://(hidden)@a/?t=(hidden) (expected: ws://host[:port]/path",
			"ws://a/\u00e9 | URL: ws://a/\\xe9 (expected: ws://host[:port]/path",
			"ws://a --via b | --via: b (expected: host:port, as in localhost:8080)",
			"ws://a --via b:99999 | --via: b:99999 (expected: host:port,",
			"ws://a --via | --via: nothing (expected: a value)",
			"ws://a --via b:1 --via c:1 | --via: 2 times (expected: once)",
			"ws://a --against b | --against: b (expected: ws://host[:port]/path",
			"ws://a --header s3 | --header: no name (expected: \"Name: value\" without control characters)",
			"ws://a --header A\u0007:s3 | --header: no name (expected: \"Name: value\"",
			"ws://a --header A:s\u00073 | --header: A: ... (expected: \"Name: value\"",
			"ws://a --subprotocol a/b | --subprotocol: (hidden) (expected: tokens with commas between them)",
			"ws://a --timeout soon | --timeout: soon (expected: 1ms to 10m, as in 10s)",
			"ws://a --timeout 0s | --timeout: 0s (expected: 1ms to 10m,",
			"ws://a --timeout -1s | --timeout: -1s (expected: 1ms to 10m,",
			"ws://a --timeout 1h | --timeout: 1h (expected: 1ms to 10m,",
			"ws://a -k | option: -k (expected: one of --against, --cacert, --header, --insecure, --message, --plain, --subprotocol, --timeout, --via)",
			"ws://a --token=s3 | option: --token=... (expected: one of --against,",
			"ws://a --cacert nowhere.pem | --cacert: nowhere.pem (expected: a file of certificates in PEM)",
			"ws://a --cacert . | --cacert: . (expected: a file of certificates in PEM)",
			"ws://a --cacert classes/application.yml | --cacert: classes/application.yml (expected: a file of",
			"ws://a --insecure=s3 | option: --insecure=... (expected: one of --against," })
	void refusesInvalidArguments(String words, String message) {
		assertThatExceptionOfType(MisuseException.class)
			.isThrownBy(() -> parse(words.isEmpty() ? new String[0] : words.split(" ", -1)))
			.withMessageStartingWith(message);
	}

	@Test
	void aMessageMustFitIntoOneFrame() {
		assertThatExceptionOfType(MisuseException.class)
			.isThrownBy(() -> parse("ws://a", "--message", "x".repeat(40_000)))
			.withMessage("--message: 40000 characters (expected: at most 21845)");
	}

	@Test
	void helpAndDocumentationKnowEveryOption() {
		assertThatExceptionOfType(MisuseException.class).isThrownBy(() -> parse("-k")).satisfies((ex) -> {
			String all = String.valueOf(ex.getMessage()).replaceAll(".*one of |\\)", "");
			assertThat(all.split(", ", -1)).hasSize(9)
				.allSatisfy((option) -> assertThat(ProbeOptions.USAGE).contains("\n  " + option + " "))
				.allSatisfy((option) -> assertThat(Documentation.page("probe.md")).contains("\n| `" + option));
		});
	}

	private static ProbeOptions parse(String... words) {
		return ProbeOptions.parse(List.of(words));
	}

}
