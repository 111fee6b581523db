package io.switchgate.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Outcome that is right for any proxy, as a line of {@link SectionType#ANY_PROXY}: terms
 * separated by ampersands, all of which must hold.
 *
 * @param line line of the section
 */
record Outcome(String line) {

	boolean holds(Transcript transcript) {
		return List.of(this.line.split(" & ")).stream().allMatch((term) -> term(term).test(transcript));
	}

	private static Predicate<Transcript> term(String term) {
		int space = (term + " ").indexOf(' ');
		String rest = term.substring(Math.min(space + 1, term.length()));
		return switch (term.substring(0, space)) {
			case "answers" -> (transcript) -> answers(rest, transcript);
			case "upstream" -> (transcript) -> upstream(rest, transcript);
			case "client" -> (transcript) -> says(rest, transcript.text(SectionType.CLIENT_RECEIVES));
			case "open", "closed", "stuck", "tunnel" -> (transcript) -> transcript.connection().startsWith(term);
			default -> throw new IllegalArgumentException(
					term + " (expected: answers, upstream, client, open, closed, stuck or tunnel)");
		};
	}

	private static boolean answers(String expected, Transcript transcript) {
		List<String> actual = statuses(transcript);
		List<String> statuses = List.of(expected.split(" then "));
		if (actual.size() != statuses.size()) {
			return false;
		}
		for (int i = 0; i < actual.size(); i++) {
			if (!isOneOf(statuses.get(i), actual.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isOneOf(String allowed, String status) {
		return List.of(allowed.split(" "))
			.stream()
			.anyMatch((one) -> one.equals(status) || one.equals(status.charAt(0) + "xx"));
	}

	private static List<String> statuses(Transcript transcript) {
		List<String> statuses = transcript.answers().stream().map((answer) -> "" + answer.status()).toList();
		return statuses.isEmpty() ? List.of("none") : statuses;
	}

	private static boolean upstream(String expected, Transcript transcript) {
		List<Message> requests = transcript.requests();
		long upgrades = requests.stream().filter(Message::isUpgrade).count();
		return switch (expected) {
			case "nothing" -> requests.isEmpty() && transcript.text(SectionType.UPSTREAM_RECEIVES).matches("(no.*\n)*");
			case "upgrade" -> upgrades == 1 && requests.size() == 1;
			case "plain" -> upgrades == 0 && !requests.isEmpty();
			case "once" -> requests.size() == 1;
			case "twice" -> requests.size() == 2;
			default -> says(expected, transcript.text(SectionType.UPSTREAM_RECEIVES));
		};
	}

	private static boolean says(String expected, String text) {
		int space = expected.indexOf(' ');
		boolean contains = text.toLowerCase(Locale.ROOT)
			.contains(expected.substring(space + 1).toLowerCase(Locale.ROOT));
		return switch (expected.substring(0, space)) {
			case "has" -> contains;
			case "lacks" -> !contains;
			default -> throw new IllegalArgumentException(expected + " (expected: has or lacks)");
		};
	}

	/**
	 * Describes in the same terms what happened.
	 */
	static String describe(Transcript transcript) {
		List<String> terms = new ArrayList<>();
		terms.add("answers " + String.join(" then ", statuses(transcript)));
		terms.add(transcript.requests()
			.stream()
			.map((request) -> request.head().lines().findFirst().orElse(""))
			.collect(Collectors.joining(", ", "upstream ", "")));
		terms.add(transcript.connection());
		terms.addAll(transcript.faults());
		return String.join(" & ", terms);
	}

}
