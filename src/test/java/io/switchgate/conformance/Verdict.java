package io.switchgate.conformance;

import java.util.List;

/**
 * Verdict on how a proxy handled a case.
 *
 * @param script case that was run
 * @param passed whether one of the right outcomes happened
 * @param happened outcome that happened
 */
record Verdict(Case script, boolean passed, String happened) {

	static Verdict of(ProxyUnderTest proxy, Case script) {
		try {
			Transcript transcript = new CaseRun(proxy, script, CaseConnections.WHOLE).run();
			boolean right = script.lines(SectionType.ANY_PROXY)
				.stream()
				.anyMatch((line) -> new Outcome(line).holds(transcript));
			return new Verdict(script, right && transcript.faults().isEmpty(), Outcome.describe(transcript));
		}
		catch (IllegalStateException ex) {
			return new Verdict(script, false, ex.toString());
		}
	}

	/**
	 * Returns a Markdown list item that says what was expected and what happened.
	 */
	String explain() {
		List<String> expected = this.script.lines(SectionType.ANY_PROXY);
		return "* `%s`: %s (expected: %s)".formatted(this.script, this.happened, String.join(", or ", expected));
	}

}
