package io.switchgate.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

import io.switchgate.bench.traffic.Load;
import io.switchgate.peers.Proxy;

/**
 * What to measure, and how.
 *
 * @param loads loads to put on each proxy
 * @param microbenchmarks whether to measure single classes as well
 * @param peers proxies to measure; those that the machine has when empty
 * @param programs programs of proxies that are not on the search path
 * @param variants what the gateway is run with
 * @param plan how often and for how long
 * @param readme whether the table goes to the README
 */
record Options(List<Load> loads, boolean microbenchmarks, List<Proxy> peers, Map<Proxy, Path> programs,
		Variants variants, Plan plan, boolean readme) {

	private static final String MICROBENCHMARKS = "jmh";

	private static final List<String> TRANSPORTS = List.of("io_uring", "epoll", "nio");

	private static final List<Proxy> FOREIGN = List.of(Proxy.NGINX, Proxy.HAPROXY, Proxy.ENVOY, Proxy.CADDY);

	private static final List<String> NAMES = Stream
		.concat(Stream.of("loads", "peers", "rounds", "seconds", "warmup", "readme", "java", "jdk25", "jvm", "jar",
				"transport"), FOREIGN.stream().map(Contender::nameOf))
		.toList();

	static Options parse(Properties properties) {
		Settings settings = new Settings(properties, NAMES);
		List<String> loads = settings.words("loads",
				Stream.concat(names(Load.values(), Load::label), Stream.of(MICROBENCHMARKS)).toList());
		List<String> peers = settings.words("peers", names(Proxy.values(), Contender::nameOf).toList());
		Map<Proxy, Path> programs = new EnumMap<>(Proxy.class);
		FOREIGN.forEach(
				(proxy) -> settings.file(Contender.nameOf(proxy)).ifPresent((program) -> programs.put(proxy, program)));
		return new Options(
				loads.equals(List.of(MICROBENCHMARKS)) ? List.of() : chosen(Load.values(), Load::label, loads),
				loads.contains(MICROBENCHMARKS),
				peers.isEmpty() ? List.of() : chosen(Proxy.values(), Contender::nameOf, peers), programs,
				new Variants(settings.file("java"), settings.launcher("jdk25"), settings.words("jvm", " "),
						settings.files("jar"), settings.words("transport", TRANSPORTS)),
				new Plan(settings.number("rounds", 3), settings.number("seconds", 5), settings.number("warmup", 60)),
				settings.has("readme"));
	}

	private static <T> Stream<String> names(T[] values, Function<T, String> name) {
		return Arrays.stream(values).map(name);
	}

	private static <T> List<T> chosen(T[] values, Function<T, String> name, List<String> names) {
		return Arrays.stream(values).filter((value) -> names.isEmpty() || names.contains(name.apply(value))).toList();
	}

	/**
	 * Ways to run the gateway, each with a column of its own.
	 *
	 * @param java Java to run it with; that of the build when absent
	 * @param jdk25 Java of a JDK 25, which runs it from an AOT cache; left out when
	 * absent
	 * @param jvm options of that Java besides those that ship
	 * @param jars builds of the gateway beside the one of this build
	 * @param transports transports; its own choice when empty
	 */
	record Variants(Optional<Path> java, Optional<Path> jdk25, List<String> jvm, List<Path> jars,
			List<String> transports) {

	}

	/**
	 * How often and for how long.
	 *
	 * @param rounds rounds, in each of which every proxy has its turn
	 * @param seconds seconds for which a load is measured
	 * @param warmUp most seconds of load before the first round
	 */
	record Plan(int rounds, int seconds, int warmUp) {

	}

}
