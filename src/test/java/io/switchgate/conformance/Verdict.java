package io.switchgate.conformance;

import java.util.List;

/**
 * What a proxy made of a case.
 *
 * @param script the case
 * @param passed whether it did one of the things that are right
 * @param happened what it did
 */
record Verdict(Case script, boolean passed, String happened) {

	static Verdict of(Stage stage, Case script) {
		try {
			Transcript transcript = new Play(stage, script, Scene.WHOLE).run();
			boolean right = script.lines(Section.ANY_PROXY)
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
		List<String> expected = this.script.lines(Section.ANY_PROXY);
		return "* `%s`: %s (expected: %s)".formatted(this.script, this.happened, String.join(", or ", expected));
	}

}
