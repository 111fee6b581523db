package io.switchgate.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the command {@code probe} of the jar with nginx in front of a FastAPI echo.
 */
@RequiresTool({ "python3", "nginx" })
class ProbeAcceptanceTests {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static Uvicorn uvicorn;

	private Path directory;

	@BeforeAll
	@Timeout(300)
	static void start() {
		uvicorn = Uvicorn.start();
	}

	@AfterAll
	static void stop() {
		uvicorn.close();
	}

	@BeforeEach
	void createDirectory() {
		this.directory = BuildDirectory.fresh("probe");
	}

	@Test
	void saysThatAnUnconfiguredNginxDroppedTheUpgrade() {
		try (Nginx nginx = Nginx.unconfigured(uvicorn.port())) {
			assertThat(probe(1, url(nginx.port(), "/ws"), "--against", url(uvicorn.port(), "/ws"))).contains(
					"> Upgrade: websocket", "< HTTP/1.1 404 Not Found", "< Server: nginx/" + version(),
					"< HTTP/1.1 101 Switching Protocols", "* message: Message text was: switchgate probe",
					"blame: the hop at 127.0.0.1:" + nginx.port() + ": the same handshake works directly",
					"  So the hop dropped Upgrade: websocket and Connection: Upgrade, and the upstream saw a plain GET.")
				.anySatisfy((line) -> assertThat(line).contains("remedy: nginx: ",
						"proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";",
						"proxy_http_version 1.1"));
		}
	}

	@Test
	void blamesNobodyWithAConfiguredNginx() {
		try (Nginx nginx = Nginx.configured(uvicorn.port())) {
			assertThat(probe(0, url(nginx.port(), "/ws"), "--message", "hi", "--against", url(uvicorn.port(), "/ws")))
				.contains("* message: Message text was: hi", "* end: closed with 1000",
						"blame: nobody: it works both ways");
		}
	}

	@Test
	void tellsAWrongPathOfTheUpstreamFromDroppedHeaders() {
		try (Nginx nginx = Nginx.configured(uvicorn.port())) {
			assertThat(probe(1, url(nginx.port(), "/wsx"), "--against", url(uvicorn.port(), "/wsx")))
				.contains("blame: the upstream: it says the same directly");
		}
	}

	@Test
	void printsOnlyTheErrorOfAnUnknownOption() {
		assertThat(probe(2, "ws://localhost", "--verbose")).singleElement()
			.asString()
			.startsWith("option: --verbose (expected: one of ");
	}

	private static String url(int port, String path) {
		return "ws://127.0.0.1:" + port + path;
	}

	private static String version() {
		String line = Program.run(DEADLINE, BuildDirectory.resolve(""), Tool.path("nginx"), "-v").get(0);
		return line.substring(line.indexOf('/') + 1);
	}

	private List<String> probe(int status, String... arguments) {
		List<String> command = new ArrayList<>(List.of("probe"));
		command.addAll(List.of(arguments));
		try (Program program = GatewayJar.command(this.directory, command.toArray(new String[0]))) {
			int actual = program.awaitExit(DEADLINE);
			List<String> lines = program.awaitEnd();
			assertThat(actual).as(String.join("\n", lines)).isEqualTo(status);
			assertThat(lines).noneMatch((line) -> line.contains("DEBUG") || line.contains("SLF4J"));
			return lines;
		}
	}

}
