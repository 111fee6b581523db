package io.switchgate.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the configuration files of an environment, whether they exist or not.
 */
class ConfigurationFilesTests {

	@Test
	void listsFilesOfTheWorkingDirectoryAndItsConfigFolder() {
		assertThat(list(Map.of())).contains(Path.of("./application.yml"), Path.of("./config/application.yml"),
				Path.of("./config/application.properties"));
	}

	@Test
	void listsFilesOfProfilesAndOfAConfiguredName() {
		assertThat(list(Map.of("spring.profiles.active", "blue", "spring.config.name", "gate")))
			.contains(Path.of("./config/gate.yml"), Path.of("./config/gate-blue.yml"))
			.doesNotContain(Path.of("./config/application.yml"));
	}

	@Test
	void listsFilesOfConfiguredLocations() {
		assertThat(list(Map.of("spring.config.location", "classpath:/,optional:file:/etc/gate/;file:/etc/routes.yml",
				"spring.config.additional-location", "/more/")))
			.contains(Path.of("/etc/gate/application.yml"), Path.of("/etc/routes.yml"),
					Path.of("/more/application.yml"))
			.noneMatch((file) -> file.startsWith("config"));
	}

	@Test
	void listsFilesOfEachFolderBelowAWildcard(@TempDir Path parent) throws Exception {
		Path folder = Files.createDirectory(parent.resolve("mounted"));
		assertThat(list(Map.of("spring.config.location", "optional:file:" + parent + "/*/")))
			.contains(folder.resolve("application.yml"));
	}

	@Test
	void listsNoFilesInTheVersionsOfAMountedConfigMap(@TempDir Path mounted) throws Exception {
		Path version = Files.createDirectory(mounted.resolve("..2026_11_23_06_30_00.1"));
		Path data = Files.createSymbolicLink(mounted.resolve("..data"), version.getFileName());
		assertThat(list(Map.of("spring.config.location", "file:" + mounted + "/,optional:file:" + mounted + "/*/")))
			.contains(mounted.resolve("application.yml"))
			.noneMatch((file) -> file.startsWith(version) || file.startsWith(data));
	}

	private static List<Path> list(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return ConfigurationFiles.of(environment).list();
	}

}
