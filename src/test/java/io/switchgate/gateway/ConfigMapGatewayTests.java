package io.switchgate.gateway;

import java.io.IOException;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.MountedConfigMap;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes in a ConfigMap that changes while the gateway runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigMapGatewayTests {

	private static final String CHANGED = "switchgate_routes_reloads_total{outcome=\"changed\"}";

	private static final String FAILED = "switchgate_routes_reloads_total{outcome=\"failed\"}";

	@AutoClose
	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	private MountedConfigMap mounted;

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		this.mounted = new MountedConfigMap(directory).update(routes("first"));
	}

	private String routes(String... ids) {
		StringBuilder routes = new StringBuilder();
		for (String id : ids) {
			routes.append(RouteFile.route(id, this.upstreams.uri()));
		}
		return RouteFile.yaml(routes.toString());
	}

	/**
	 * Reads as in the image: the folder, and each folder in it.
	 */
	private Gateway watching(String interval) {
		String folder = "optional:file:" + this.mounted.directory() + "/";
		return new RouteFile(this.mounted.directory()).watchedEvery(interval)
			.property("spring.config.additional-location", folder + "," + folder + "*/")
			.start();
	}

	private OpenTunnel open(Gateway gateway, String path) {
		return OpenTunnel.through(gateway, path, this.upstreams);
	}

	@Test
	void eachVersionIsServedWithoutARestart(CapturedOutput output) throws IOException {
		try (Gateway gateway = watching("20ms"); OpenTunnel first = open(gateway, "/first")) {
			for (int version = 2; version <= 4; version++) {
				int changes = version - 1;
				this.mounted.update(routes("first", "version-" + version));
				Admin.of(gateway).awaitMeter(CHANGED, changes);
				open(gateway, "/version-" + version).close();
			}
			first.assertCarries("through all of them");
			try (Wire client = gateway.connect()) {
				assertThat(client.send(Handshakes.request("/version-2")).head()).startsWith("HTTP/1.1 404 ");
			}
			assertThat(Admin.of(gateway).meter(FAILED)).isNaN();
			assertThat(output).doesNotContain("ERROR");
		}
	}

	@Test
	void anyNumberOfVersionsWithinOneLookDoesNoHarm(CapturedOutput output) throws IOException {
		try (Gateway gateway = watching("1ms"); OpenTunnel first = open(gateway, "/first")) {
			for (int version = 2; version < 200; version++) {
				this.mounted.update(routes("first", "version-" + version));
			}
			this.mounted.update(routes("first", "last"));
			awaitRoute(gateway, "/last");
			first.assertCarries("through all of them");
			assertThat(Admin.of(gateway).meter(FAILED)).isNaN();
			assertThat(output).doesNotContain("ERROR");
		}
	}

	/**
	 * Asks with a handshake that a route refuses by itself.
	 */
	private static void awaitRoute(Gateway gateway, String path) {
		String request = Handshakes.request(path).replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8");
		Awaitility.await().untilAsserted(() -> {
			try (Wire client = gateway.connect()) {
				assertThat(client.send(request).head()).startsWith("HTTP/1.1 426 ");
			}
		});
	}

	@Test
	void aVersionWithAnErrorKeepsWhatRuns(CapturedOutput output) throws IOException {
		try (Gateway gateway = watching("20ms"); OpenTunnel first = open(gateway, "/first")) {
			this.mounted.update(routes("first", "second").replace("Path=/second", "Pth=/second"));
			Admin.of(gateway).awaitMeter(FAILED, 1);
			assertThat(output)
				.contains("Configuration not taken: " + this.mounted.directory().resolve("application.yml"));
			first.assertCarries("still there");
			open(gateway, "/first").close();
			this.mounted.update(routes("second"));
			Admin.of(gateway).awaitMeter(CHANGED, 1);
			open(gateway, "/second").close();
		}
	}

}
