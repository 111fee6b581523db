package io.switchgate.configuration;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.boot.web.context.reactive.StandardReactiveWebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * {@code check [file]}: says whether the gateway could start with a configuration,
 * without starting it.
 */
public final class CheckCommand {

	/**
	 * First word of the command line.
	 */
	public static final String NAME = "check";

	private static final int GOOD = 0;

	private static final int INVALID = 1;

	private static final int MISUSED = 2;

	/**
	 * Only the gateway's built-in configuration, so that every factory exists whatever
	 * the operator's configuration says.
	 */
	private static final String[] BUILT_IN = { "--spring.config.location=classpath:/application.yml",
			"--spring.main.lazy-initialization=true", "--logging.threshold.console=off" };

	private final Class<?> application;

	private final PrintStream out;

	private final PrintStream err;

	/**
	 * Creates a command.
	 * @param application class that the gateway starts with
	 * @param out receives the result if there is no error
	 * @param err receives errors
	 */
	public CheckCommand(Class<?> application, PrintStream out, PrintStream err) {
		this.application = application;
		this.out = out;
		this.err = err;
	}

	/**
	 * Runs the command.
	 * @param arguments arguments of the program; options as at the start of the gateway
	 * @return exit status: 0 if there is no error, 1 if there are some, 2 if there are
	 * too many arguments
	 */
	public int run(String... arguments) {
		List<String> words = List.of(arguments).stream().filter((word) -> !word.startsWith("--")).toList();
		if (words.size() > 2) {
			this.err.println("arguments: " + String.join(" ", words) + " (expected: " + NAME + " [file])");
			return MISUSED;
		}
		Path file = (words.size() == 2) ? Path.of(words.get(1)) : null;
		if (file != null && !Files.isRegularFile(file)) {
			this.err.println(file + ": no file");
			return INVALID;
		}
		try {
			return check(Candidate.load(environment(file, arguments)));
		}
		catch (InvalidConfigurationException ex) {
			ex.errors().forEach(this.err::println);
			return INVALID;
		}
	}

	private static ConfigurableEnvironment environment(@Nullable Path file, String... arguments) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.addFirst(new SimpleCommandLinePropertySource(arguments));
		if (file != null) {
			String locations = "classpath:/application.yml,file:" + file.toAbsolutePath();
			sources.addFirst(new MapPropertySource(NAME, Map.of("spring.config.location", locations)));
		}
		return environment;
	}

	private int check(Candidate candidate) {
		try (ConfigurableApplicationContext context = context()) {
			Findings findings = new Findings(new Places(candidate.environment()));
			CheckedRoutes checked = context.getBean(CandidateCheck.class).check(candidate.environment(), findings);
			context.getBean(PropertiesCheck.class).checkOthers(candidate.environment(), findings);
			if (!findings.errors().isEmpty()) {
				throw new InvalidConfigurationException(findings.errors());
			}
			int routes = checked.properties().getRoutes().size();
			this.out.println(names(candidate) + ": " + routes + ((routes != 1) ? " routes" : " route") + ", no errors");
			return GOOD;
		}
	}

	private static String names(Candidate candidate) {
		String names = candidate.files().stream().map(Place::name).distinct().collect(Collectors.joining(", "));
		return names.isEmpty() ? "no configuration file" : names;
	}

	/**
	 * Starts the application context without its servers.
	 */
	private ConfigurableApplicationContext context() {
		SpringApplication spring = new SpringApplication(this.application);
		spring.setApplicationContextFactory((type) -> new AnnotationConfigReactiveWebApplicationContext());
		spring.setEnvironment(new BuiltInEnvironment());
		spring.setBannerMode(Banner.Mode.OFF);
		spring.setLogStartupInfo(false);
		spring.setRegisterShutdownHook(false);
		return spring.run(BUILT_IN);
	}

	/**
	 * Environment without the variables of the process, which belong to the configuration
	 * that is checked.
	 */
	private static final class BuiltInEnvironment extends StandardReactiveWebEnvironment {

		@Override
		protected void customizePropertySources(MutablePropertySources sources) {
		}

	}

}
