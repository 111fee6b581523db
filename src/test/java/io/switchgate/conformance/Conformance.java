package io.switchgate.conformance;

import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs the suite against any proxy that forwards everything to one upstream, and prints a
 * Markdown table.
 */
public final class Conformance {

	private static final Duration DEADLINE = Duration.ofSeconds(2);

	private final ProxyUnderTest proxy;

	private Conformance(ProxyUnderTest proxy) {
		this.proxy = proxy;
	}

	/**
	 * Runs the suite.
	 * @param arguments address of the proxy as {@code host:port}, port of the upstream,
	 * and words that select cases by name. Options are ignored, since Spring Boot's
	 * plugin adds some.
	 */
	public static void main(String[] arguments) {
		List<String> words = Arrays.stream(arguments).filter((word) -> !word.startsWith("--")).toList();
		if (words.size() < 2 || !words.get(0).matches(".+:\\d+") || !words.get(1).matches("\\d+")) {
			System.err.println("Arguments: host:port of the proxy, port that the upstream shall listen on");
			System.exit(2);
		}
		int colon = words.get(0).lastIndexOf(':');
		InetSocketAddress address = new InetSocketAddress(words.get(0).substring(0, colon),
				Integer.parseInt(words.get(0).substring(colon + 1)));
		ConnectionLock lock = new ConnectionLock(DEADLINE);
		try (RecordingUpstream upstream = RecordingUpstream.start(lock, Integer.parseInt(words.get(1)))) {
			List<String> names = words.subList(2, words.size());
			new Conformance(new ProxyUnderTest(lock, address, upstream)).run(names, System.out);
		}
		// Ends threads of sockets that the proxy has left open.
		System.exit(0);
	}

	private void run(List<String> names, PrintStream out) {
		List<Verdict> verdicts = Case.all()
			.stream()
			.filter((script) -> !script.lines(SectionType.ANY_PROXY).isEmpty())
			.filter((script) -> names.isEmpty() || names.stream().anyMatch(script.toString()::contains))
			.map(this::judge)
			.toList();
		out.println(table(verdicts));
		verdicts.stream().filter((verdict) -> !verdict.passed()).map(Verdict::explain).forEach(out::println);
	}

	private Verdict judge(Case script) {
		Verdict verdict = Verdict.of(this.proxy, script);
		this.proxy.upstream().forgetUpgrades();
		return verdict;
	}

	private static String table(List<Verdict> verdicts) {
		Map<String, List<Verdict>> groups = verdicts.stream()
			.collect(Collectors.groupingBy((verdict) -> verdict.script().group(), TreeMap::new, Collectors.toList()));
		StringBuilder table = new StringBuilder("| group | passed |\n|---|---|\n");
		groups.forEach((group, members) -> table.append(row(group, members)));
		return table.append(row("all", verdicts)).toString();
	}

	private static String row(String name, List<Verdict> verdicts) {
		long passed = verdicts.stream().filter(Verdict::passed).count();
		return "| %s | %d of %d |%n".formatted(name, passed, verdicts.size());
	}

}
