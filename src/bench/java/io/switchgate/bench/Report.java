package io.switchgate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.switchgate.acceptance.BuildDirectory;

/**
 * Everything that was measured: printed, kept below the build directory, and if asked for
 * put into the README.
 */
final class Report {

	private static final PrintStream CONSOLE = System.out;

	private static final Path README = Path.of("..", "README.md");

	private final Results results;

	private final String text;

	Report(Options options, Contenders contenders, Results results, Conditions conditions) {
		this.results = results;
		Table table = new Table(results, contenders.found());
		this.text = String.join("\n", plan(options, table),
				conditions.describe(transports(options, results)) + missing(contenders), "",
				table.markdown(options.loads()));
	}

	private static String plan(Options options, Table table) {
		Options.Plan plan = options.plan();
		String rounds = (plan.rounds() == 1) ? "One round of %d seconds".formatted(plan.seconds())
				: "Medians of %d rounds of %d seconds".formatted(plan.rounds(), plan.seconds());
		return "%s; in brackets the ratio to %s%s.".formatted(rounds, references(options, table),
				(plan.rounds() == 1) ? "" : " in the same round: median; lowest...highest");
	}

	private static String references(Options options, Table table) {
		return options.loads()
			.stream()
			.flatMap((load) -> table.reference(load).stream())
			.map(Contender::label)
			.distinct()
			.collect(Collectors.joining(", where it cannot take part to "));
	}

	/**
	 * Those that the columns name, or what it was seen to choose.
	 */
	private static List<String> transports(Options options, Results results) {
		List<String> named = options.variants().transports();
		return named.isEmpty() ? results.transports() : named;
	}

	private static String missing(Contenders contenders) {
		return contenders.missing().isEmpty() ? ""
				: " Missing on this machine: " + String.join(", ", contenders.missing()) + ".";
	}

	void publish(boolean readme) throws IOException {
		Path directory = Files.createDirectories(BuildDirectory.resolve("bench"));
		Files.writeString(directory.resolve("results.md"), this.text);
		Files.write(directory.resolve("rounds.csv"), csv());
		if (readme) {
			Files.writeString(README, Section.replace(Files.readString(README), this.text));
		}
		CONSOLE.println("\n" + this.text);
	}

	private List<String> csv() {
		List<String> lines = this.results.all()
			.stream()
			.flatMap((result) -> result.figures()
				.entrySet()
				.stream()
				.map((figure) -> String.format(Locale.ROOT, "%s,%d,\"%s\",\"%s\",%f", result.load().label(),
						result.round(), result.contender().label(), figure.getKey().label(), figure.getValue())))
			.collect(Collectors.toList());
		lines.add(0, "load,round,proxy,figure,value");
		return lines;
	}

}
