package io.switchgate.setting;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a refusal knows, and its sentence.
 */
class SectionTests {

	@Test
	void whatHoldsIsNotRefused() {
		Section.below("a.b").require(true, "c-d", 0, "> 0");
	}

	@Test
	void aRefusalKnowsItsPartsAndMakesASentence() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Section.below("a.b").require(false, "c-d", 0, "> 0"))
			.withMessage("a.b.c-d: 0 (expected: > 0)")
			.satisfies((refusal) -> {
				assertThat(refusal.name()).isEqualTo("c-d");
				assertThat(refusal.fullName()).isEqualTo("a.b.c-d");
				assertThat(refusal.value()).isEqualTo("0");
				assertThat(refusal.expected()).isEqualTo("> 0");
			});
	}

	@Test
	void aSectionIsNamedAsItsUsersCallIt() {
		assertThat(Section.METADATA.refusal("c-d", null, "one")).hasMessage("metadata c-d: null (expected: one)");
		assertThat(Section.ANYWHERE.refusal("c-d", "e", "f")).hasMessage("c-d: e (expected: f)");
	}

}
