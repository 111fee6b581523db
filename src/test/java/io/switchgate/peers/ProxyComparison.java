package io.switchgate.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.ClassPath;
import io.switchgate.acceptance.FreePort;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;

/**
 * Runs the conformance cases against every proxy that this machine has, and prints one
 * table. The failed cases of each proxy are written below the build directory.
 */
class ProxyComparison {

	private static final String CONFORMANCE = "io.switchgate.conformance.Conformance";

	private static final Duration DEADLINE = Duration.ofMinutes(15);

	@Test
	@Timeout(value = 90, unit = TimeUnit.MINUTES)
	void comparesProxies() throws IOException {
		Scoreboard scores = new Scoreboard();
		Path directory = Files.createDirectories(BuildDirectory.resolve("peers"));
		for (Proxy proxy : Proxy.values()) {
			Optional<Path> program = proxy.program();
			if (program.isEmpty()) {
				scores.missing(proxy.label());
				continue;
			}
			List<String> lines = runCases(proxy, program.get());
			scores.add(proxy.label() + " " + proxy.version(program.get()), lines);
			Files.write(directory.resolve(proxy.name() + ".md"), lines);
		}
		Files.writeString(directory.resolve("table.md"), scores.table());
		System.out.println("\n" + scores.table());
	}

	private static List<String> runCases(Proxy proxy, Path program) {
		int upstreamPort = FreePort.find();
		try (RunningProxy running = RunningProxy.start(proxy, program, upstreamPort)) {
			return Program.run(DEADLINE, BuildDirectory.resolve(""), Tool.java(), ClassPath.argument(), CONFORMANCE,
					"127.0.0.1:" + running.address().getPort(), upstreamPort);
		}
	}

}
