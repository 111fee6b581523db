package io.switchgate.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SectionTests {

	@Test
	void replacesWhatIsBetweenTheMarkers() {
		String page = "before\n<!-- benchmark -->\nold\n<!-- end of benchmark -->\nbehind\n";
		assertThat(Section.replace(page, "new\n"))
			.isEqualTo("before\n<!-- benchmark -->\nnew\n<!-- end of benchmark -->\nbehind\n");
	}

	@Test
	void needsBothMarkers() {
		assertThatIllegalArgumentException().isThrownBy(() -> Section.replace("<!-- benchmark -->\n", "new"))
			.withMessageContaining("<!-- end of benchmark -->");
	}

}
