package io.switchgate.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.FreePort;
import io.switchgate.fixture.MountedConfigMap;

/**
 * The folder of {@code application.yml} as Kubernetes mounts a ConfigMap.
 */
final class ConfigurationVolume {

	private static final String CONFIGURATION = """
			server:
			  address: 127.0.0.1
			  port: %d
			management:
			  server:
			    address: 127.0.0.1
			    port: %d
			switchgate:
			  drain:
			    time: 1s
			spring:
			  cloud:
			    gateway:
			      server:
			        webflux:
			          routes:
			            - id: chat
			              uri: %s
			              predicates:
			                - Path=%s
			              filters:
			                - SetPath=/ws
			""";

	private final Path directory = BuildDirectory.fresh("volume");

	private final int port = FreePort.find();

	private final int managementPort = FreePort.find();

	private final String upstream;

	private ConfigurationVolume(String upstream) {
		this.upstream = upstream;
	}

	/**
	 * Creates a folder whose only route leads to an upstream's {@code /ws}.
	 * @param upstream address of the upstream
	 * @param path path of the route
	 */
	static ConfigurationVolume of(String upstream, String path) {
		try {
			ConfigurationVolume volume = new ConfigurationVolume(upstream);
			Files.setPosixFilePermissions(volume.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
			volume.update(path);
			return volume;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Updates it as the kubelet does.
	 */
	void update(String path) {
		try {
			new MountedConfigMap(this.directory)
				.update(CONFIGURATION.formatted(this.port, this.managementPort, this.upstream, path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path directory() {
		return this.directory;
	}

	int port() {
		return this.port;
	}

	int managementPort() {
		return this.managementPort;
	}

}
