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
 * A case as its file tells it.
 *
 * @param group folder of the file
 * @param name name of the file
 * @param why comment on top, which names the rule or the vulnerability
 * @param parts sections in order
 */
record Case(String group, String name, String why, List<Part> parts) {

	private static final String SUFFIX = ".txt";

	private static final Pattern SECTION = Pattern.compile("(?m)^(?=--- )");

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
		List<Part> parts = new ArrayList<>();
		for (String section : SECTION.split(content.substring(first), 0)) {
			int lineFeed = section.indexOf('\n');
			parts.add(new Part(Section.of(section.substring(0, lineFeed)), section.substring(lineFeed + 1)));
		}
		return new Case(group, name, content.substring(0, first), parts);
	}

	List<Part> steps() {
		return this.parts.stream().filter((part) -> part.section().isStep()).toList();
	}

	/**
	 * Returns what is written in a section that a case has once.
	 * @param section the section
	 * @return its lines without blank ones; none without the section
	 */
	List<String> lines(Section section) {
		return this.parts.stream()
			.filter((part) -> part.section() == section)
			.flatMap((part) -> part.text().lines())
			.filter((line) -> !line.isBlank())
			.toList();
	}

	Case without(Section section) {
		return new Case(this.group, this.name, this.why,
				this.parts.stream().filter((part) -> part.section() != section).toList());
	}

	String content() {
		StringBuilder content = new StringBuilder(this.why);
		this.parts.forEach(content::append);
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
