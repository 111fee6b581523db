package io.switchgate.doctor;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

class FindingTests {

	private static Stream<String> documented() {
		return Documentation.page("diagnosis.md")
			.lines()
			.dropWhile((line) -> !line.equals("## Findings"))
			.takeWhile((line) -> !line.equals("## How tunnels end"))
			.filter((line) -> line.startsWith("| `"));
	}

	@Test
	void documentationHasAllFindingsInOrder() {
		assertThat(documented().map((line) -> line.split("`", 3)[1]))
			.containsExactlyElementsOf(Stream.of(Finding.values()).map(Finding::code).toList());
	}

	@ParameterizedTest
	@EnumSource
	void documentationHasTheTitleAndARemedy(Finding finding) {
		assertThat(documented()).filteredOn((line) -> line.startsWith("| `" + finding.code() + "` |"))
			.singleElement()
			.asString()
			.startsWith("| `" + finding.code() + "` | " + finding.title() + " | ")
			.matches(".* \\| \\S.* \\|");
	}

	@ParameterizedTest
	@EnumSource
	void titleIsASentenceWithoutFullStop(Finding finding) {
		assertThat(finding.title()).matches("[A-Z].* .*[^.]");
	}

}
