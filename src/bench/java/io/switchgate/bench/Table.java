package io.switchgate.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.switchgate.bench.traffic.Figure;
import io.switchgate.bench.traffic.Load;
import io.switchgate.peers.Proxy;

/**
 * Results in Markdown: loads as rows, proxies as columns.
 */
final class Table {

	private final Results results;

	private final List<Contender> contenders;

	Table(Results results, List<Contender> contenders) {
		this.results = results;
		this.contenders = contenders;
	}

	/**
	 * Returns whom the others are compared with: nginx, HAProxy where nginx cannot take
	 * part, or else the first.
	 */
	Optional<Contender> reference(Load load) {
		return Stream.of(Proxy.NGINX, Proxy.HAPROXY)
			.flatMap((proxy) -> able(load).filter((contender) -> contender.proxy() == proxy))
			.findFirst()
			.or(() -> able(load).findFirst());
	}

	private Stream<Contender> able(Load load) {
		return columns(load).stream().filter((contender) -> contender.supports(load));
	}

	/**
	 * Returns a table, or two if those who take part in some loads are others.
	 */
	String markdown(List<Load> loads) {
		return loads.stream()
			.collect(Collectors.partitioningBy(Load::isAboutStarts))
			.values()
			.stream()
			.filter((some) -> !some.isEmpty())
			.map((some) -> new Table(this.results, columns(some.get(0))).rows(some))
			.collect(Collectors.joining("\n"));
	}

	private List<Contender> columns(Load load) {
		return this.contenders.stream().filter((contender) -> contender.hasColumn(load)).toList();
	}

	private String rows(List<Load> loads) {
		Stream<String> head = Stream.of(row("load", this.contenders.stream().map(Contender::label)),
				row("---", this.contenders.stream().map((contender) -> "---")));
		Stream<String> body = loads.stream()
			.flatMap((load) -> load.figures().stream().map((figure) -> row(load, figure)));
		return Stream.concat(head, body).collect(Collectors.joining("\n", "", "\n"));
	}

	private String row(Load load, Figure figure) {
		return row("`" + load.label() + "` " + figure.label(),
				this.contenders.stream().map((contender) -> cell(load, figure, contender)));
	}

	private static String row(String head, Stream<String> cells) {
		return Stream.concat(Stream.of(head), cells).collect(Collectors.joining(" | ", "| ", " |"));
	}

	private String cell(Load load, Figure figure, Contender contender) {
		Optional<String> failure = this.results.failure(load, contender);
		if (failure.isPresent()) {
			return "failed: " + failure.get().replace("|", "\\|");
		}
		if (!contender.supports(load)) {
			return "not supported";
		}
		Map<Integer, Double> values = this.results.values(load, contender, figure);
		String value = number(Ratio.median(values.values()));
		return reference(load).filter((reference) -> !reference.equals(contender))
			.map((reference) -> value
					+ ratio(Ratio.of(values, this.results.values(load, reference, figure)), values.size()))
			.orElse(value);
	}

	private static String ratio(Ratio ratio, int rounds) {
		if (!Double.isFinite(ratio.highest())) {
			return "";
		}
		String median = " (" + number(ratio.median());
		return (rounds == 1) ? median + ")"
				: median + "; " + number(ratio.lowest()) + "..." + number(ratio.highest()) + ")";
	}

	/**
	 * Returns a number with two or three digits that mean something.
	 */
	static String number(double value) {
		if (Double.isNaN(value)) {
			return "-";
		}
		double size = Math.abs(value);
		String format = (size >= 100) ? "%,.0f" : (size >= 10) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, format, value);
	}

}
