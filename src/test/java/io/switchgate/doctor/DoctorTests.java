package io.switchgate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of verdicts on handshakes in files. A file has facts, what the client sent, what
 * the upstream received and answered, and words of the expected verdict. Its name begins
 * with the finding.
 */
class DoctorTests {

	private static final Path CASES = Path.of("..", "src", "test", "resources", "doctor");

	static List<Path> cases() throws IOException {
		try (Stream<Path> files = Files.list(CASES)) {
			return files.sorted().toList();
		}
	}

	private static String finding(Path file) {
		String name = file.getFileName().toString();
		return name.substring(0, name.indexOf('.'));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void verdictIsTheFindingThatTheFileIsNamedAfter(Path file) throws IOException {
		WrittenHandshake written = WrittenHandshake.read(file);
		Verdict verdict = Doctor.diagnose(written.handshake());
		assertThat(verdict.finding().code()).as("%s", verdict).isEqualTo(finding(file));
		String all = String.join("\n", verdict.evidence()) + "\n" + verdict.explanation() + "\n" + verdict.remedy();
		assertThat(all).contains(written.expected());
	}

	@ParameterizedTest
	@MethodSource("cases")
	void verdictHasEvidenceAndSentences(Path file) throws IOException {
		Verdict verdict = Doctor.diagnose(WrittenHandshake.read(file).handshake());
		assertThat(verdict.finding().title()).doesNotEndWith(".");
		assertThat(verdict.evidence()).isNotEmpty().allSatisfy((fact) -> assertThat(fact).isNotBlank());
		assertThat(List.of(verdict.explanation(), verdict.remedy()))
			.allSatisfy((text) -> assertThat(text).matches("(?s)[A-Za-z].*[.;]"));
	}

	@Test
	void everyFindingHasAHandshake() throws IOException {
		Set<String> found = cases().stream().map(DoctorTests::finding).collect(Collectors.toSet());
		assertThat(found)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(Finding.values()).map(Finding::code).toList());
	}

	@Test
	void examinesOneExchangeWithoutAClient() throws IOException {
		WrittenHandshake written = WrittenHandshake.read(CASES.resolve("upgrade-dropped-behind.txt"));
		Verdict verdict = Doctor.examine(written.asked(), null, null);
		assertThat(verdict).isEqualTo(Doctor.diagnose(written.handshake()));
	}

}
