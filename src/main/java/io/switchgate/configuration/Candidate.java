package io.switchgate.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataEnvironmentUpdateListener;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.context.config.StandardConfigDataResource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

import io.switchgate.routes.Reason;

/**
 * The configuration that the files contain now, next to the one that is running.
 *
 * @param environment files over command line, system properties and environment variables
 * of the running one
 * @param files files that were read
 */
record Candidate(ConfigurableEnvironment environment, List<Path> files) {

	/**
	 * Reads again the files from which an environment was made.
	 * @param running environment; nothing in it changes
	 * @throws InvalidConfigurationException if a file cannot be read
	 */
	static Candidate load(ConfigurableEnvironment running) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
		running.getPropertySources()
			.stream()
			.filter((source) -> !Settings.isFile(source) && !source.getName().equals("configurationProperties"))
			.forEach(sources::addLast);
		List<Path> files = new ArrayList<>();
		try {
			ConfigDataEnvironmentPostProcessor.applyTo(environment, null, null, List.of(), new FileListener(files));
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new InvalidConfigurationException(List.of(error(ex, ConfigurationFiles.of(running).list())));
		}
		return new Candidate(environment, files);
	}

	private static ConfigurationError error(Throwable ex, List<Path> files) {
		if (ex instanceof StackOverflowError) {
			return new ConfigurationError(broken(files, 0), "an alias of YAML contains itself (expected: an end)");
		}
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof MarkedYAMLException yaml) {
				return error(yaml, files);
			}
		}
		return new ConfigurationError(Place.of(Origin.from(ex)), Reason.of(ex));
	}

	/**
	 * Reports only the problem. The full message quotes lines of the file, which may
	 * contain secrets.
	 */
	private static ConfigurationError error(MarkedYAMLException yaml, List<Path> files) {
		Mark mark = yaml.getProblemMark();
		return new ConfigurationError(broken(files, (mark != null) ? mark.getLine() + 1 : 0),
				Objects.requireNonNullElse(yaml.getProblem(), "no YAML"));
	}

	private static @Nullable Place broken(List<Path> files, int line) {
		return files.stream()
			.filter(Candidate::isBroken)
			.findFirst()
			.map((file) -> new Place(Place.name(file), line))
			.orElse(null);
	}

	private static boolean isBroken(Path file) {
		if (!Files.isRegularFile(file) || file.toString().endsWith(".properties")) {
			return false;
		}
		try {
			new YamlPropertySourceLoader().load("file", new FileSystemResource(file));
			return false;
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			return true;
		}
	}

	/**
	 * Collects the files that are read.
	 *
	 * @param files what to add them to
	 */
	private record FileListener(List<Path> files) implements ConfigDataEnvironmentUpdateListener {

		@Override
		public void onPropertySourceAdded(PropertySource<?> propertySource, @Nullable ConfigDataLocation location,
				@Nullable ConfigDataResource resource) {
			if (resource instanceof StandardConfigDataResource standard
					&& !(standard.getResource() instanceof ClassPathResource)) {
				try {
					this.files.add(standard.getResource().getFile().toPath());
				}
				catch (IOException ex) {
					// The configuration comes from elsewhere, so there is no file to
					// watch.
				}
			}
		}

	}

}
