package io.switchgate.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Program;

/**
 * What figures depend on besides the proxies.
 *
 * @param machine system, processors, and what else kept them busy at the beginning
 * @param java version that runs the gateway, and its options
 */
record Conditions(String machine, String java) {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	static Conditions now(Options.Variants variants) {
		String machine = String.format(Locale.ROOT,
				"%s, %s %s, %d processors for clients, proxy and upstream, load %.1f", LocalDate.now(),
				System.getProperty("os.name"), System.getProperty("os.version"),
				Runtime.getRuntime().availableProcessors(),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
		String version = variants.java().map(Conditions::version).orElse(System.getProperty("java.version"));
		String java = version + variants.jdk25().map((jdk25) -> " and " + version(jdk25)).orElse("");
		return new Conditions(machine,
				variants.jvm().isEmpty() ? java : java + " with " + String.join(" ", variants.jvm()));
	}

	private static String version(Path java) {
		return Program.run(DEADLINE, BuildDirectory.resolve(""), java, "--version").get(0);
	}

	/**
	 * Returns all of it.
	 * @param transports transports of the gateway
	 */
	String describe(List<String> transports) {
		return this.machine + " before it began. One worker for each proxy. Switchgate on "
				+ String.join(" and ", transports) + ", Java " + this.java + ".";
	}

}
