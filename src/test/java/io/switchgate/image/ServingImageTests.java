package io.switchgate.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.bytebuddy.agent.Installer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.RequiresTool;
import io.switchgate.acceptance.Uvicorn;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image in front of a FastAPI echo.
 */
@RequiresTool({ "buildah", "runc", "skopeo", "debootstrap", "unshare", "ip", "python3" })
class ServingImageTests {

	private static final String PATH = "/chat";

	private static final Duration DEADLINE = Duration.ofMinutes(1);

	/**
	 * Time, grace, three times close-wait, close-timeout, and the end of the process.
	 */
	private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(1 + 5 + 3 * 3 + 1 + 5);

	private static final int TERMINATED = 128 + 15;

	private static final int MIB = 1024 * 1024;

	private static Uvicorn uvicorn;

	private static Image image;

	private static RunningGateway gateway;

	@BeforeAll
	@Timeout(1800)
	static void start() {
		Assumptions.assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup")), "Only root may run containers");
		Container.deleteAll();
		uvicorn = Uvicorn.start();
		image = Image.build();
		gateway = RunningGateway.start(image, configuration());
		print("ready after " + gateway.readyAfter().toMillis() + " ms",
				"CPU until then " + gateway.cpuUntilReady().toMillis() + " ms",
				"resident " + gateway.memory("VmRSS") / 1024 + " MiB, of which anonymous "
						+ gateway.memory("RssAnon") / 1024 + " MiB");
	}

	@AfterAll
	static void stop() {
		Stream.of(gateway, image, uvicorn).filter(Objects::nonNull).forEach(ServingImageTests::close);
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConfigurationVolume configuration() {
		return ConfigurationVolume.of("http://localhost:" + uvicorn.port(), PATH);
	}

	private static void print(String... lines) {
		System.out.println(String.join("\n", lines));
	}

	@Test
	void echoesThroughTheGateway() {
		gateway.openTunnel(PATH).close();
	}

	@Test
	void saysWhatAHopInFrontDropped() {
		try (Wire client = Wire.connect(gateway.configuration().port())) {
			client.send(Handshakes.request(PATH).replace("Upgrade: websocket\nConnection: Upgrade\n", ""));
			ProblemAnswer.expect(client, 426, "Upgrade: absent (expected: websocket)");
		}
	}

	@Test
	void answersTheThreeProbes() {
		assertThat(gateway.admin().get("health/liveness").status()).isEqualTo(200);
		assertThat(gateway.admin().get("health/readiness").status()).isEqualTo(200);
		assertThat(gateway.admin().get("health").status()).isEqualTo(200);
	}

	@Test
	void itsProbeIsContentWithIt() {
		String url = "ws://localhost:" + gateway.configuration().port() + PATH;
		try (Container probe = Container.start(image, gateway.configuration(), "", "probe", url, "--message", "hi")) {
			assertThat(probe.awaitExit(DEADLINE)).as(() -> String.join("\n", probe.output())).isZero();
		}
	}

	@Test
	void readsRoutesAgainWhenTheVolumeChanges() {
		long pid = gateway.container().pid();
		gateway.configuration().update("/moved");
		Awaitility.await().atMost(DEADLINE).ignoreExceptions().until(() -> {
			gateway.openTunnel("/moved").close();
			return true;
		});
		gateway.configuration().update(PATH);
		Awaitility.await().atMost(DEADLINE).ignoreExceptions().untilAsserted(() -> gateway.openTunnel(PATH).close());
		assertThat(gateway.container().pid()).isEqualTo(pid);
	}

	@Test
	void closesTunnelsAndEndsOnSigterm() {
		try (RunningGateway stopping = RunningGateway.start(image, configuration())) {
			List<Wire> clients = IntStream.range(0, 5).mapToObj((i) -> stopping.openTunnel(PATH)).toList();
			stopping.container().terminate();
			for (Wire client : clients) {
				CloseFrames.expect(client.frame(), false, 1001, "Going away");
				client.send(Frame.close(1001, "").mask().bytes());
			}
			assertThat(stopping.container().awaitExit(DRAIN_DEADLINE)).isEqualTo(TERMINATED);
		}
	}

	@Test
	void knowsTheLimitsOfTheContainer() {
		double heap = gateway.admin()
			.get("prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith("jvm_memory_max_bytes{area=\"heap\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
		assertThat(heap / MIB).isBetween(230.0, 256.0);
		assertThat(gateway.admin().meter("system_cpu_count")).isEqualTo(1);
		assertThat(gateway.threads()).filteredOn((name) -> name.matches("switchgate-1-\\d+")).hasSize(1);
	}

	@Test
	void takesEpollWhereIoUringIsDenied() {
		assertThat(gateway.openFiles()).contains("anon_inode:[eventpoll]").doesNotContain("anon_inode:[io_uring]");
	}

	@Test
	void writesNothingToItsDisk() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + gateway.container().pid() + "/root/tmp"))) {
			assertThat(files.map(Path::getFileName).map(Path::toString))
				.allMatch((name) -> name.matches("hsperfdata_.*|\\.java_pid1"));
		}
	}

	@Test
	void holdsNoProgramButJavas() throws IOException {
		try (Stream<Path> files = Files.walk(image.root())) {
			assertThat(files.filter(Files::isRegularFile)
				.filter((file) -> Files.isExecutable(file) && file.toFile().length() > 0)
				.map((file) -> image.root().relativize(file).toString())
				.filter((file) -> !file.matches("opt/java/(bin|lib)/.*|lib(64)?/.*\\.so(\\.\\d+)*"))).isEmpty();
		}
		try (Program shell = gateway.container().exec("/bin/sh")) {
			assertThat(shell.awaitExit(DEADLINE)).isNotZero();
		}
	}

	@Test
	void nobodyButRootMayWriteInIt() throws IOException {
		Set<PosixFilePermission> writes = Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
		try (Stream<Path> files = Files.walk(image.root())) {
			assertThat(files.filter((file) -> !Files.isSymbolicLink(file) && !file.endsWith("tmp")))
				.allSatisfy((file) -> {
					assertThat(Files.getPosixFilePermissions(file)).doesNotContainAnyElementsOf(writes);
					assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
				});
		}
		assertThat(image.configuration().path("User").asString()).isEqualTo("10001:10001");
	}

	@Test
	void operatorsLookIntoTheJvm() {
		try (Program jcmd = gateway.container().exec("/opt/java/bin/jcmd", "1", "VM.flags")) {
			assertThat(jcmd.awaitExit(DEADLINE)).isZero();
			assertThat(String.join(" ", jcmd.output())).contains("-XX:AOTCache=/app/switchgate.aot", "-XX:+UseSerialGC",
					"-XX:+UseCompactObjectHeaders", "-XX:MaxRAMPercentage=50");
		}
	}

	@Test
	void startsFromTheCache() {
		assertThat(gateway.read("maps")).contains(" /app/switchgate.aot\n");
		assertThat(gateway.container().output()).noneMatch((line) -> line.contains("[warning]"));
		List<String> loaded = check("-Xlog:class+load").stream().filter((line) -> line.contains(" source: ")).toList();
		assertThat(loaded).filteredOn((line) -> line.contains("source: shared objects file"))
			.hasSizeGreaterThan(loaded.size() * 9 / 10);
	}

	@Test
	void optionsOfTheEnvironmentWin() {
		assertThat(check("-XX:MaxRAMPercentage=25 -XX:+PrintFlagsFinal"))
			.anyMatch((line) -> line.matches(" *size_t MaxHeapSize += " + 128 * MIB + " .*"));
		assertThat(check("-Xmx64m -XX:+PrintFlagsFinal"))
			.anyMatch((line) -> line.matches(" *size_t MaxHeapSize += " + 64 * MIB + " .*"));
	}

	@Test
	void startsWithoutTheCacheWhereAnOptionForbidsIt() {
		assertThat(check("-XX:-UseSerialGC -XX:+UseParallelGC -XX:-UseCompactObjectHeaders"))
			.contains("config/application.yml: 1 route, no errors");
	}

	@Test
	void takesAnAgent() throws Exception {
		Path agent = Path.of(Installer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		Files.copy(agent, gateway.configuration().directory().resolve("agent.jar"),
				StandardCopyOption.REPLACE_EXISTING);
		assertThat(check("-javaagent:/app/config/agent.jar")).contains("config/application.yml: 1 route, no errors");
	}

	private static List<String> check(String options) {
		try (Container check = Container.start(image, gateway.configuration(), options, "check")) {
			assertThat(check.awaitExit(DEADLINE)).as(() -> String.join("\n", check.output())).isZero();
			return check.awaitEnd();
		}
	}

	@Test
	void namesEveryLibraryInItsBillOfMaterials() throws IOException {
		String bill = gateway.admin().get("sbom/application").body();
		try (Stream<Path> libraries = Files.list(image.root().resolve("app/lib"))) {
			assertThat(libraries.map(Path::getFileName)
				.map(Path::toString)
				// Boot's plugin puts it into the jar.
				.filter((library) -> !library.startsWith("spring-boot-jarmode-tools-")))
				.allSatisfy((library) -> assertThat(bill).contains(purl(library)));
		}
	}

	private static String purl(String library) {
		return "/" + library.replaceFirst("-(\\d+\\..*)\\.jar$", "@$1").replaceFirst("\\.Final-.*", ".Final");
	}

	@Test
	void keepsWhatChangesApart() {
		List<Image.Layer> layers = image.layers();
		layers.forEach((layer) -> print("| " + layer.compressed() / 1024 + " KiB | " + layer.step() + " |"));
		assertThat(layers).hasSize(5);
		assertThat(layers.get(3).compressed()).isLessThan(MIB);
		assertThat(layers.stream().mapToLong(Image.Layer::compressed).sum()).isLessThan(150L * MIB);
		assertThat(Arrays.asList("title", "description", "version", "revision")).allSatisfy(
				(label) -> assertThat(image.configuration().at("/Labels").has("org.opencontainers.image." + label))
					.isTrue());
	}

}
