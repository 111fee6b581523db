package io.switchgate.bench;

import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

class StartCacheTests {

	@Test
	void trainsAsTheDocumentationSays() {
		assertThat(Documentation.page("running.md")).contains("$ java " + StartCache.EXTRACTION + "\n",
				StartCache.ARCHIVE.training() + "\n", StartCache.AOT.training() + "\n");
	}

}
