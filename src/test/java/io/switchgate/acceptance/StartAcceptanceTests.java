package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Documentation;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the documented ways to start the jar, on every JDK of the machine.
 */
class StartAcceptanceTests {

	private static final Duration DEADLINE = Duration.ofMinutes(2);

	private static final Path INSTALLED = Path.of("/usr/lib/jvm");

	/**
	 * Texts in complaints of a JVM about its options.
	 */
	private static final List<String> COMPLAINTS = List.of("VM warning", "[warning]", "Unrecognized", "deprecated");

	static Stream<Path> jvms() throws IOException {
		try (Stream<Path> others = Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.of()) {
			List<Path> launchers = others.map((home) -> home.resolve("bin/java")).filter(Files::isExecutable).toList();
			return Stream.concat(Stream.of(Tool.java()), launchers.stream())
				.map(StartAcceptanceTests::resolve)
				.distinct();
		}
	}

	private static Path resolve(Path link) {
		try {
			return link.toRealPath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void everyJvmTakesTheShippedOptions(Path java) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				GatewayJar gateway = GatewayJar.start(upstream.uri(), java, options(), "-jar", GatewayJar.file())) {
			assertCarriesAnUpgrade(gateway, upstream);
			assertThat(gateway.output()).noneMatch((line) -> COMPLAINTS.stream().anyMatch(line::contains));
		}
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void everyJvmTakesMostClassesFromAnArchive(Path java) {
		Path directory = BuildDirectory.fresh("archive");
		Path app = directory.resolve("app");
		Program.run(DEADLINE, directory, java, "-Djarmode=tools", "-jar", GatewayJar.file(), "extract", "--destination",
				app);
		Path jar = app.resolve(GatewayJar.file().getFileName());
		Path archive = app.resolve("switchgate.jsa");
		Program.run(DEADLINE, directory, java, options(), "-XX:ArchiveClassesAtExit=" + archive, "-jar", jar,
				"--switchgate.warm-up.exit=true", "--server.port=0", "--management.server.port=0");
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				GatewayJar gateway = GatewayJar.start(upstream.uri(), java, options(),
						"-XX:SharedArchiveFile=" + archive, "-Xlog:class+load", "-jar", jar)) {
			assertCarriesAnUpgrade(gateway, upstream);
			assertThat(gateway.output()).filteredOn((line) -> line.contains("source: shared objects file (top)"))
				.hasSizeGreaterThan(5_000);
		}
	}

	@Test
	void theDocumentationShowsTheseWays() {
		assertThat(Documentation.page("running.md")).contains("java @config/jvm.options -jar switchgate.jar",
				"-Djarmode=tools -jar switchgate.jar extract", "-XX:ArchiveClassesAtExit=",
				"--switchgate.warm-up.exit=true", "-XX:SharedArchiveFile=");
	}

	private static void assertCarriesAnUpgrade(GatewayJar gateway, ScriptedUpstream upstream) {
		try (Wire client = Wire.connect(gateway.port())) {
			client.send(Handshakes.request("/ws"));
			try (Wire up = upstream.accept()) {
				up.head();
				up.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			}
		}
	}

	private static String options() {
		return "@" + BuildDirectory.resolve("").toAbsolutePath().resolveSibling("config").resolve("jvm.options");
	}

}
