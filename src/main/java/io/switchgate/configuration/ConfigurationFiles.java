package io.switchgate.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Lists the files that Spring Boot would read, including those that do not exist yet.
 */
final class ConfigurationFiles {

	private static final String FILE = "file:";

	private static final String EACH = "*/";

	private static final List<String> EXTENSIONS = List.of(".properties", ".yml", ".yaml");

	private final List<String> locations;

	private final List<String> names;

	private ConfigurationFiles(List<String> locations, List<String> names) {
		this.locations = locations;
		this.names = names;
	}

	static ConfigurationFiles of(ConfigurableEnvironment environment) {
		Binder binder = Binder.get(environment);
		Bindable<List<String>> list = Bindable.listOf(String.class);
		List<String> usual = List.of("file:./", "file:./config/", "file:./config/*/");
		List<String> locations = Stream
			.of(binder.bind("spring.config.location", list).orElse(usual),
					binder.bind("spring.config.additional-location", list).orElse(List.of()))
			.flatMap(List::stream)
			.flatMap((location) -> Stream.of(ConfigDataLocation.of(location).split()))
			.map(ConfigDataLocation::getValue)
			.toList();
		List<String> names = binder.bind("spring.config.name", list).orElse(List.of("application"));
		List<String> profiles = Stream.of(environment.getActiveProfiles()).map((profile) -> "-" + profile).toList();
		return new ConfigurationFiles(locations,
				names.stream()
					.flatMap((name) -> Stream.concat(Stream.of(""), profiles.stream()).map(name::concat))
					.toList());
	}

	/**
	 * Returns the files, including those that do not exist.
	 */
	List<Path> list() {
		List<Path> files = new ArrayList<>();
		for (String location : this.locations) {
			String path = location.startsWith(FILE) ? location.substring(FILE.length()) : location;
			boolean elsewhere = path.matches("[a-z]+:.*");
			if (!elsewhere) {
				add(path, files);
			}
		}
		return files;
	}

	private void add(String location, List<Path> files) {
		try {
			if (location.endsWith(EACH)) {
				directories(Path.of(location.substring(0, location.length() - EACH.length())))
					.forEach((directory) -> addAll(directory, files));
			}
			else if (location.endsWith("/")) {
				addAll(Path.of(location), files);
			}
			else {
				files.add(Path.of(StringUtils.delete(location, "[.yml]")));
			}
		}
		catch (InvalidPathException ex) {
			// Spring Boot finds no file there either.
		}
	}

	private void addAll(Path directory, List<Path> files) {
		for (String name : this.names) {
			EXTENSIONS.forEach((extension) -> files.add(directory.resolve(name + extension)));
		}
	}

	/**
	 * Skips hidden directories as Spring Boot does, because a mounted ConfigMap keeps its
	 * versions in them.
	 */
	private static boolean isVisible(Path directory) {
		return Files.isDirectory(directory) && !directory.getFileName().toString().startsWith("..");
	}

	private static List<Path> directories(Path parent) {
		if (!Files.isDirectory(parent)) {
			return List.of();
		}
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, ConfigurationFiles::isVisible)) {
			List<Path> found = new ArrayList<>();
			directories.forEach(found::add);
			return found;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
