package io.switchgate.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.Header;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.problem.ProblemCause;

/**
 * The same handshake sent through a hop and directly to the upstream.
 *
 * @param through through the hop
 * @param direct directly
 * @param plainThrough what a plain GET is answered through the hop, or null if that says
 * nothing
 * @param plainDirect what a plain GET is answered directly, or null if that says nothing
 */
record Comparison(Attempt through, Attempt direct, @Nullable String plainThrough, @Nullable String plainDirect) {

	/**
	 * Headers that differ between any two answers.
	 */
	private static final Set<String> OF_EACH = Set.of("date", "sec-websocket-accept");

	/**
	 * Remedy for all known hops, because not every hop tells what it is.
	 */
	private static final String REMEDY = Objects.requireNonNull(ProblemCause.UPGRADE_HEADERS_MISSING.remedy())
		.replace("A hop in front dropped them. ", "");

	static Comparison of(Attempt through, Attempt direct, Probe probe) {
		boolean telling = direct.isSwitched() && !through.isSwitched() && through.isAnswered();
		return new Comparison(through, direct, telling ? plain(through, probe) : through.plain(),
				telling ? plain(direct, probe) : direct.plain());
	}

	private static String plain(Attempt attempt, Probe probe) {
		return (attempt.plain() != null) ? attempt.plain() : probe.plain(attempt.target());
	}

	void print(Report report) {
		report.line("difference:");
		row(report, "", "through the hop", "directly");
		row(report, "address", this.through.target().address().toString(), this.direct.target().address().toString());
		row(report, "upgrade", this.through.status(), this.direct.status());
		if (this.plainThrough != null || this.plainDirect != null) {
			row(report, "plain GET", Objects.requireNonNullElse(this.plainThrough, "-"),
					Objects.requireNonNullElse(this.plainDirect, "-"));
		}
		for (String name : names()) {
			String one = values(this.through, name);
			String other = values(this.direct, name);
			if (!one.equals(other)) {
				row(report, name, one, other);
			}
		}
		row(report, "verdict", this.through.verdict().finding().code(), this.direct.verdict().finding().code());
		for (String step : List.of("connect", "TLS", "answer", "pong", "message")) {
			if (this.through.times().containsKey(step) || this.direct.times().containsKey(step)) {
				row(report, step, time(this.through, step), time(this.direct, step));
			}
		}
		report.line("");
		blame().forEach(report::line);
	}

	private static void row(Report report, String name, String one, String other) {
		report.line(String.format(Locale.ROOT, "  %-24s %-36s %s", name, one, other).stripTrailing());
	}

	private static String time(Attempt attempt, String step) {
		return attempt.times().containsKey(step) ? Times.text(attempt.times().get(step)) : "-";
	}

	private Set<String> names() {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		for (Attempt attempt : List.of(this.through, this.direct)) {
			HeaderBlock answer = attempt.side().answer();
			if (answer != null) {
				answer.headers()
					.stream()
					.map(Header::name)
					.filter((name) -> !OF_EACH.contains(name.toLowerCase(Locale.ROOT)))
					.forEach(names::add);
			}
		}
		return names;
	}

	private static String values(Attempt attempt, String name) {
		HeaderBlock answer = attempt.side().answer();
		List<String> values = (answer != null) ? answer.values(name) : List.of();
		return values.isEmpty() ? "-" : String.join(", ", values);
	}

	/**
	 * Tells which side caused the failure, and why.
	 */
	List<String> blame() {
		String hop = this.through.target().address().toString();
		if (isGood(this.through)) {
			return isGood(this.direct) ? List.of("blame: nobody: it works both ways") : List.of(
					"blame: nobody: it works through the hop, and the way directly there does not count",
					"  The upstream wants something that the hop sets, as Host or Origin, or takes nobody else.");
		}
		if (isGood(this.direct)) {
			return hop(hop);
		}
		if (this.direct.exitStatus() == Attempt.NO_CONNECTION) {
			return List.of("blame: the upstream, or the way there: it cannot be reached directly either");
		}
		if (this.through.status().equals(this.direct.status())) {
			return List.of("blame: the upstream: it says the same directly");
		}
		return List.of("blame: the upstream first: it fails directly as well, but not in the same way",
				"  Mend what the second verdict says, and probe again.");
	}

	private static boolean isGood(Attempt attempt) {
		return attempt.exitStatus() == Attempt.GOOD;
	}

	private List<String> hop(String hop) {
		List<String> lines = new ArrayList<>();
		lines.add("blame: the hop at " + hop + ": the same handshake works directly");
		if (this.plainDirect != null && this.through.status().equals(this.plainDirect)) {
			lines.add("  Through the hop it is answered as a plain GET is directly: " + this.plainDirect + ".");
			lines.add(
					"  So the hop dropped Upgrade: websocket and Connection: Upgrade, and the upstream saw a plain GET.");
			lines.add("  remedy: " + REMEDY);
		}
		return List.copyOf(lines);
	}

}
