package io.switchgate.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of routes that cannot work and stop the start.
 */
@ExtendWith(OutputCaptureExtension.class)
class RouteCheckTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			UpstreamHttpVersion=3         | filter UpstreamHttpVersion=3: 3 (expected: 1.0, 1.1 or 2)
			ForwardUpgradeHeaders=maybe   | filter ForwardUpgradeHeaders=maybe: 'maybe' (expected: true or false)
			RequireWebSocketVersion=8     | filter RequireWebSocketVersion=8: 8 (expected: 13 or any)
			StripPrefix=x                 | filter StripPrefix=x: 'x' (expected: a value of type int)
			Forwards                      | filter Forwards: unknown filter (expected: one of AddRequestHeader,
			""")
	void stopsTheStartAtAFilterThatCannotWork(String filter, String problem) {
		assertThatThrownBy(() -> Gateway.with().route("chat", "http://localhost:1", filter).start())
			.isInstanceOf(InvalidConfigurationException.class)
			.hasMessageStartingWith("route chat, " + problem);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''   | http://localhost:1 | route to http://localhost:1: no id (expected: a name of its own)
					chat | http://localhost:1 | route chat: id of two routes (expected: one)
					talk | gopher://localhost | route talk, uri gopher://localhost: scheme gopher (expected: one of http, https, ws, wss)
					talk | http:localhost | route talk, uri http:localhost: no host (expected: one, as in http://localhost:8000)
					""")
	void stopsTheStartAtARouteThatCannotWork(String id, String uri, String problem) {
		assertThatThrownBy(() -> Gateway.with().route("chat", "http://localhost:1").route(id, uri).start())
			.isInstanceOf(InvalidConfigurationException.class)
			.hasMessageStartingWith(problem);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			handshake-timeout | soon | (expected: a time, as in 10s)
			handshake-timeout | 0s   | (expected: > 0)
			connect-timeout   | 5s   | (expected: milliseconds, as in 1000)
			on-change         | now  | (expected: one of keep, drain, cut)
			on-removal        | now  | (expected: one of keep, drain, cut)
			""")
	void stopsTheStartAtMetadataThatCannotWork(String name, String value, String expected) {
		assertThatThrownBy(() -> Gateway.with()
			.route("chat", "http://localhost:1")
			.property("spring.cloud.gateway.server.webflux.routes[0].metadata." + name, value)
			.start()).isInstanceOf(InvalidConfigurationException.class)
			.hasMessageStartingWith("route chat, metadata " + name + ": ")
			.hasMessageEndingWith(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			args.mesage-size | 1MB | argument mesage-size (expected: one of bytes-per-second, idle-time, lifetime,
			args.mode        | no  | (expected: transparent, lenient, strict)
			args._genkey_0   | 1MB | argument without a name (expected: none)
			""")
	void stopsTheStartAtAnArgumentThatCannotWork(String name, String value, String problem) {
		String filter = "spring.cloud.gateway.server.webflux.routes[0].filters[0].";
		assertThatThrownBy(() -> Gateway.with()
			.route("chat", "http://localhost:1")
			.property(filter + "name", "TunnelLimits")
			.property(filter + name, value)
			.start()).isInstanceOf(InvalidConfigurationException.class)
			.hasMessageStartingWith("route chat, filter TunnelLimits=")
			.hasMessageContaining(problem);
	}

	@Test
	void stopsTheStartWithEveryErrorAndItsLine(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("application.yml"), """
				spring.cloud.gateway.server.webflux:
				  default-filters:
				    - Nonsense
				  routes:
				    - id: chat
				      uri: gopher://localhost
				      predicates: [ Path=/ ]
				      filters: [ StripPrefix=x ]
				switchgate.tunnel.close-wat: 1s
				""");
		assertThatThrownBy(() -> Gateway.with().property("spring.config.additional-location", "file:" + file).start())
			.isInstanceOf(InvalidConfigurationException.class)
			.message()
			.satisfies((message) -> assertThat(message.lines()).satisfiesExactly(
					(line) -> assertThat(line).startsWith(file + ":3: default filter Nonsense: unknown filter"),
					(line) -> assertThat(line)
						.startsWith(file + ":6: route chat, uri gopher://localhost: scheme gopher"),
					(line) -> assertThat(line).startsWith(file + ":8: route chat, filter StripPrefix=x: 'x'"),
					(line) -> assertThat(line).startsWith(file + ":9: switchgate.tunnel.close-wat: unknown")));
	}

	@Test
	void printsALineForEachRoute(CapturedOutput output) {
		Gateway.with()
			.route("chat", "http://localhost:8000", "UpstreamHttpVersion=1.0", "StripPrefix=1")
			.property("spring.cloud.gateway.server.webflux.default-filters[0]", "ForwardUpgradeHeaders=false")
			.start()
			.close();
		assertThat(output).contains("route chat: Path=/chat/** -> http://localhost:8000, ForwardUpgradeHeaders=false, "
				+ "UpstreamHttpVersion=1.0, RequireWebSocketVersion=13, StripPrefix=1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			AddRequestHeader=Authorization, Bearer s3cr3t    | AddRequestHeader=Authorization, (hidden)
			SetRequestHeader=X-Api-Key, s3cr3t               | SetRequestHeader=X-Api-Key, (hidden)
			AddRequestHeadersIfNotPresent=X-Token:s3cr3t     | AddRequestHeadersIfNotPresent=X-Token:(hidden)
			AddRequestParameter=key, s3cr3t                  | AddRequestParameter=key, (hidden)
			AddResponseHeader=Set-Cookie, id=s3cr3t          | AddResponseHeader=Set-Cookie, (hidden)
			RedirectTo=302, https://user:s3cr3t@localhost/a  | RedirectTo=302, https://(hidden)@localhost/a
			AddRequestHeader=X-Internal, s3cr3t              | AddRequestHeader=X-Internal, (hidden)
			AddRequestHeader=X-Version, 2                    | AddRequestHeader=X-Version, 2
			AddRequestHeadersIfNotPresent=X-Color:blue       | AddRequestHeadersIfNotPresent=X-Color:blue
			RewritePath=/a/(?<rest>.*), /b                   | RewritePath=/a/(?<rest>.*), /b
			""")
	void printsNoSecretOfAFilter(String filter, String printed, CapturedOutput output) {
		Gateway.with()
			.route("chat", "http://localhost:8000", filter)
			.property("switchgate.journal.secret-headers", "X-Internal")
			.start()
			.close();
		assertThat(output.getAll()).contains("-> http://localhost:8000, ", printed).doesNotContain("s3cr3t");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					AddRequestHeader=Authorization: Bearer s3cr3t | filter AddRequestHeader=Authorization:(hidden): value must not be empty
					Header=X-Token, (s3cr3t                       | predicate Header=X-Token, (hidden): Unclosed group
					""")
	void printsNoSecretInAnError(String element, String problem) {
		assertThatThrownBy(() -> Gateway.with()
			.route("chat", "http://localhost:1")
			.property("spring.cloud.gateway.server.webflux.routes[0]."
					+ (element.startsWith("H") ? "predicates" : "filters") + "[0]", element)
			.start()).isInstanceOf(InvalidConfigurationException.class)
			.hasMessageStartingWith("route chat, " + problem)
			.hasMessageNotContaining("s3cr3t");
	}

}
