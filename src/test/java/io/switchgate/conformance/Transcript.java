package io.switchgate.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the client and the upstream sent and received in a run of a case.
 */
final class Transcript {

	static final String NOTHING = "nothing\n";

	/**
	 * The upstream may have received the beginning of a request whose body turned out to
	 * be malformed.
	 */
	static final String NO_WHOLE_REQUEST = "no whole request\n";

	private final List<Section> sections = new ArrayList<>();

	private final List<Message> requests = new ArrayList<>();

	private final List<Message> answers = new ArrayList<>();

	private final List<String> causes = new ArrayList<>();

	private final List<String> faults = new ArrayList<>();

	private String connection = "";

	void add(SectionType type, String text) {
		this.sections.add(new Section(type, text));
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
	 * Returns what went wrong apart from the sections of the case.
	 */
	List<String> faults() {
		return this.faults;
	}

	/**
	 * Returns the text of all sections of a type.
	 */
	String text(SectionType type) {
		return this.sections.stream()
			.filter((section) -> section.type() == type)
			.map(Section::text)
			.collect(Collectors.joining());
	}

	/**
	 * Returns a case with the sections of this run. Sections with the same bytes as in
	 * the expected case get its text.
	 * @param script expected case
	 * @param notation notation of both cases
	 */
	Case toCase(Case script, Notation notation) {
		List<Section> steps = script.steps();
		List<Section> actual = new ArrayList<>();
		for (int i = 0; i < this.sections.size(); i++) {
			Section section = this.sections.get(i);
			boolean same = i < steps.size() && isSame(steps.get(i), section, notation);
			actual.add(same ? steps.get(i) : section);
		}
		actual.add(new Section(SectionType.CONNECTION, this.connection + "\n"));
		actual.add(new Section(SectionType.CAUSE, causes(script.lines(SectionType.CAUSE))));
		script.sections().stream().filter((section) -> section.type() == SectionType.ANY_PROXY).forEach(actual::add);
		return new Case(script.group(), script.name(), script.why(), actual);
	}

	private static boolean isSame(Section expected, Section actual, Notation notation) {
		return expected.type() == actual.type()
				&& Arrays.equals(notation.bytes(expected.text()), notation.bytes(actual.text()));
	}

	/**
	 * Leaves out the details of causes that the expected case has without a detail.
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
