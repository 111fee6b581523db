package io.switchgate.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Case of the suite, as its file describes it.
 *
 * @param group folder of the file
 * @param name name of the file
 * @param why comment on top, which names the rule or the vulnerability
 * @param sections sections in the order of the file
 */
record Case(String group, String name, String why, List<Section> sections) {

	private static final String SUFFIX = ".txt";

	private static final Pattern SECTION_START = Pattern.compile("(?m)^(?=--- )");

	/**
	 * Returns all cases, ordered by group and name.
	 */
	static List<Case> all() {
		URL root = Objects.requireNonNull(Case.class.getResource("/conformance"));
		try (Stream<Path> files = Files.walk(Path.of(root.toURI()))) {
			return files.filter((file) -> file.toString().endsWith(SUFFIX)).sorted().map(Case::read).toList();
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Case read(Path file) {
		try {
			String name = file.getFileName().toString().replace(SUFFIX, "");
			return parse(file.getName(file.getNameCount() - 2).toString(), name, Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(file + ": " + ex.getMessage(), ex);
		}
	}

	static Case parse(String group, String name, String content) {
		int first = content.indexOf("--- ");
		List<Section> sections = new ArrayList<>();
		for (String text : SECTION_START.split(content.substring(first), 0)) {
			int lineFeed = text.indexOf('\n');
			sections.add(new Section(SectionType.of(text.substring(0, lineFeed)), text.substring(lineFeed + 1)));
		}
		return new Case(group, name, content.substring(0, first), sections);
	}

	List<Section> steps() {
		return this.sections.stream().filter((section) -> section.type().isStep()).toList();
	}

	/**
	 * Returns the lines of all sections of a type, without blank lines.
	 */
	List<String> lines(SectionType type) {
		return this.sections.stream()
			.filter((section) -> section.type() == type)
			.flatMap((section) -> section.text().lines())
			.filter((line) -> !line.isBlank())
			.toList();
	}

	Case without(SectionType type) {
		return new Case(this.group, this.name, this.why,
				this.sections.stream().filter((section) -> section.type() != type).toList());
	}

	String content() {
		StringBuilder content = new StringBuilder(this.why);
		this.sections.forEach(content::append);
		return content.toString();
	}

	String path() {
		return this.group + "/" + this.name + SUFFIX;
	}

	@Override
	public String toString() {
		return this.group + "/" + this.name;
	}

}
