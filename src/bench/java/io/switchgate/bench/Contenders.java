package io.switchgate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Tool;
import io.switchgate.bench.traffic.Load;
import io.switchgate.peers.Proxy;

/**
 * Finds the proxies to measure, and how each is held to one worker.
 */
final class Contenders {

	private static final List<Proxy> ORDER = List.of(Proxy.NGINX, Proxy.SWITCHGATE, Proxy.STOCK, Proxy.HAPROXY,
			Proxy.ENVOY, Proxy.CADDY);

	private final Options options;

	private final List<Contender> contenders = new ArrayList<>();

	private final List<String> missing = new ArrayList<>();

	Contenders(Options options) {
		this.options = options;
		ORDER.stream().filter(this::isWanted).forEach(this::add);
	}

	private boolean isWanted(Proxy proxy) {
		return this.options.peers().isEmpty() || this.options.peers().contains(proxy);
	}

	List<Contender> found() {
		return this.contenders;
	}

	List<String> missing() {
		return this.missing;
	}

	private void add(Proxy proxy) {
		if (proxy == Proxy.SWITCHGATE) {
			addGateway();
			return;
		}
		Optional<Path> program = program(proxy);
		program.ifPresentOrElse((path) -> this.contenders.add(new Contender(proxy.label() + " " + proxy.version(path),
				proxy, (directory) -> command(proxy, path, directory))), () -> this.missing.add(proxy.label()));
	}

	/**
	 * Proxies that come as packages are fetched if they are named.
	 */
	private Optional<Path> program(Proxy proxy) {
		Path named = this.options.programs().get(proxy);
		if (named != null) {
			return Optional.of(named);
		}
		return (proxy == Proxy.STOCK || !this.options.peers().isEmpty()) ? proxy.program()
				: Tool.find(Contender.nameOf(proxy));
	}

	private static List<Object> command(Proxy proxy, Path program, Path directory) {
		List<Object> command = new ArrayList<>(List.of(proxy.command(program, directory)));
		switch (proxy) {
			case STOCK -> command.add(1, "-Dreactor.netty.ioWorkerCount=1");
			case ENVOY -> command.addAll(List.of("--concurrency", "1"));
			case CADDY -> command.addAll(0, List.of("env", "GOMAXPROCS=1"));
			default -> {
			}
		}
		return command;
	}

	private void addGateway() {
		Options.Variants variants = this.options.variants();
		if (variants.jdk25().isEmpty() && this.options.loads().stream().anyMatch(Load::isAboutStarts)) {
			this.missing.add("JDK 25 for Switchgate from an AOT cache (bench.jdk25 names its home)");
		}
		String version = Proxy.SWITCHGATE.version(Tool.java());
		addGateway(version, BuildDirectory.resolve("switchgate-" + version + ".jar"));
		variants.jars().forEach((jar) -> addGateway(jar.getFileName().toString().replace(".jar", ""), jar));
	}

	private void addGateway(String name, Path jar) {
		List<String> transports = this.options.variants().transports();
		if (transports.isEmpty()) {
			addGateway(name, jar, List.of());
		}
		transports.forEach((transport) -> addGateway(name + ", " + transport, jar,
				List.of("--switchgate.transport.type=" + transport)));
	}

	/**
	 * Adds it as it is started for most loads, and for loads about starts from what it
	 * has kept of one.
	 */
	private void addGateway(String name, Path jar, List<String> arguments) {
		Options.Variants variants = this.options.variants();
		Path java = variants.java().orElseGet(Tool::java);
		addGateway(name, new GatewayLaunch(java, variants.jvm(), jar, arguments, null));
		String version = variants.java().isPresent() ? "" : "JDK " + Runtime.version().feature() + ", ";
		addGateway(name + ", " + version + StartCache.ARCHIVE.label(),
				new GatewayLaunch(java, variants.jvm(), jar, arguments, StartCache.ARCHIVE));
		variants.jdk25()
			.ifPresent((jdk25) -> addGateway(name + ", JDK 25, " + StartCache.AOT.label(),
					new GatewayLaunch(jdk25, variants.jvm(), jar, arguments, StartCache.AOT)));
	}

	private void addGateway(String name, GatewayLaunch launch) {
		this.contenders.add(new Contender(Proxy.SWITCHGATE.label() + " " + name, Proxy.SWITCHGATE, launch));
	}

}
