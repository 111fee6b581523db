package io.switchgate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.peers.Proxy;

/**
 * How the gateway is started: from its jar, or from a cache that is written before its
 * first start.
 */
final class GatewayLaunch implements Contender.Launch {

	/**
	 * Java takes the last one of options that contradict each other.
	 */
	private static final String SHIPPED_JVM_OPTIONS = "@" + BuildDirectory.resolve("../config/jvm.options");

	private final List<Object> java;

	private final Path jar;

	private final List<String> arguments;

	private final @Nullable StartCache cache;

	private List<Object> start = List.of();

	GatewayLaunch(Path java, List<String> options, Path jar, List<String> arguments, @Nullable StartCache cache) {
		this.java = Stream.<Object>concat(Stream.of(java, SHIPPED_JVM_OPTIONS), options.stream()).toList();
		this.jar = jar;
		this.arguments = arguments;
		this.cache = cache;
	}

	@Override
	public Optional<StartCache> cache() {
		return Optional.ofNullable(this.cache);
	}

	@Override
	public List<Object> command(Path directory) {
		if (this.start.isEmpty()) {
			this.start = (this.cache != null) ? this.cache.train(this.java, this.jar)
					: Stream.concat(this.java.stream(), Stream.of("-jar", this.jar)).toList();
		}
		List<Object> command = new ArrayList<>(this.start);
		command.add("--spring.config.additional-location=" + directory.resolve(Proxy.SWITCHGATE.configuration()));
		command.addAll(this.arguments);
		return command;
	}

}
