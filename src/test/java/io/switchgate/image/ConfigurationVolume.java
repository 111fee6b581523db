package io.switchgate.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.FreePort;

/**
 * The folder of {@code application.yml} as Kubernetes mounts a ConfigMap: a link to the
 * data of this moment, and links through it.
 */
final class ConfigurationVolume {

	private static final Path DATA = Path.of("..data");

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
			volume.write(path);
			Files.createSymbolicLink(volume.directory.resolve("application.yml"), DATA.resolve("application.yml"));
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
			write(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String path) throws IOException {
		Path data = Files.createTempDirectory(this.directory, "..");
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.writeString(data.resolve("application.yml"),
				CONFIGURATION.formatted(this.port, this.managementPort, this.upstream, path));
		Path link = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), data.getFileName());
		Files.move(link, this.directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
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
