package io.switchgate.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What happened in a case.
 */
final class Transcript {

	static final String NOTHING = "nothing\n";

	/**
	 * A body that turns out to be malformed may or may not have started to travel.
	 */
	static final String NO_WHOLE_REQUEST = "no whole request\n";

	private final List<Part> parts = new ArrayList<>();

	private final List<Message> requests = new ArrayList<>();

	private final List<Message> answers = new ArrayList<>();

	private final List<String> causes = new ArrayList<>();

	private final List<String> faults = new ArrayList<>();

	private String connection = "";

	void add(Section section, String text) {
		this.parts.add(new Part(section, text));
	}

	void received(Message request) {
		this.requests.add(request);
	}

	void answered(Message answer) {
		this.answers.add(answer);
	}

	void cause(String cause) {
		this.causes.add(cause);
	}

	void fault(String fault) {
		this.faults.add(fault);
	}

	void connection(String connection) {
		this.connection = connection;
	}

	String connection() {
		return this.connection;
	}

	List<Message> requests() {
		return this.requests;
	}

	/**
	 * Returns the final answers, a 101 among them.
	 */
	List<Message> answers() {
		return this.answers.stream().filter((answer) -> !answer.isInformational()).toList();
	}

	/**
	 * Returns what must not be the case after any case.
	 */
	List<String> faults() {
		return this.faults;
	}

	/**
	 * Returns all that one side received.
	 * @param section whose
	 */
	String text(Section section) {
		return this.parts.stream()
			.filter((part) -> part.section() == section)
			.map(Part::text)
			.collect(Collectors.joining());
	}

	/**
	 * Writes the case down as it went.
	 * @param script the case as it should go
	 * @param notation notation of both
	 * @return the same text where the bytes are the same
	 */
	Case toCase(Case script, Notation notation) {
		List<Part> steps = script.steps();
		List<Part> actual = new ArrayList<>();
		for (int i = 0; i < this.parts.size(); i++) {
			Part part = this.parts.get(i);
			boolean same = i < steps.size() && isSame(steps.get(i), part, notation);
			actual.add(same ? steps.get(i) : part);
		}
		actual.add(new Part(Section.CONNECTION, this.connection + "\n"));
		actual.add(new Part(Section.CAUSE, causes(script.lines(Section.CAUSE))));
		script.parts().stream().filter((part) -> part.section() == Section.ANY_PROXY).forEach(actual::add);
		return new Case(script.group(), script.name(), script.why(), actual);
	}

	private static boolean isSame(Part expected, Part actual, Notation notation) {
		return expected.section() == actual.section()
				&& Arrays.equals(notation.bytes(expected.text()), notation.bytes(actual.text()));
	}

	/**
	 * A script may leave the detail of a cause open.
	 */
	private String causes(List<String> expected) {
		if (this.causes.isEmpty()) {
			return "none\n";
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.causes.size(); i++) {
			String cause = this.causes.get(i);
			boolean open = i < expected.size() && cause.startsWith(expected.get(i) + ": ");
			text.append(open ? expected.get(i) : cause).append('\n');
		}
		return text.toString();
	}

}
