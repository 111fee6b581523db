package io.switchgate.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Dockerfile beside what is said of it.
 */
class DockerfileTests {

	private static final Path PROJECT = Path.of("..");

	private static List<String> read(String file) throws IOException {
		return Files.readAllLines(PROJECT.resolve(file));
	}

	@Test
	void getsFromTheContextWhatItCopies() throws IOException {
		List<String> allowed = read(".dockerignore").stream()
			.filter((line) -> line.startsWith("!"))
			.map((line) -> line.substring(1))
			.toList();
		Stream<String> copied = read("src/image/Dockerfile").stream()
			.filter((line) -> line.startsWith("COPY ") && !line.contains("--from"))
			.map((line) -> line.split(" ", -1)[1]);
		assertThat(copied).containsExactlyInAnyOrderElementsOf(allowed);
	}

	@Test
	void isBuiltAsItSays() throws IOException {
		List<String> commands = read("src/image/Dockerfile").stream()
			.filter((line) -> line.startsWith("#   "))
			.map((line) -> line.substring(1).strip())
			.toList();
		assertThat(commands).hasSize(2);
		assertThat(Documentation.page("image.md")).contains(commands);
	}

	@Test
	void thePageNamesItsOptionsAndArguments() throws IOException {
		List<String> options = read("src/image/jvm.options").stream().filter((line) -> line.startsWith("-")).toList();
		List<String> arguments = read("src/image/Dockerfile").stream()
			.filter((line) -> line.startsWith("ARG "))
			.map((line) -> "`" + line.substring("ARG ".length()).replaceFirst("=.*", "") + "`")
			.toList();
		assertThat(Documentation.page("image.md")).contains(options).contains(arguments);
	}

}
