package io.switchgate.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;

/**
 * The image, built without a network and mounted.
 *
 * <p>
 * The JDK that it starts from is made of Debian's packages and kept in the user's cache,
 * unless the property {@code image.jdk} names an image of a registry.
 */
final class Image implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofMinutes(15);

	private static final String RELEASE = "trixie";

	private static final String PACKAGE = "openjdk-25-jdk-headless";

	private static final String NAME = "localhost/switchgate:test";

	/**
	 * Buildah's own, so that nothing of the user's is touched.
	 */
	private static final Path STORE = Path.of(System.getProperty("user.home"), ".cache", "switchgate", "images");

	private static final Path PROJECT = BuildDirectory.resolve("").toAbsolutePath().resolveSibling("");

	private final String container;

	private final Path root;

	private Image() {
		this.container = last(buildah("from", "--pull-never", NAME));
		this.root = Path.of(last(buildah("mount", this.container)));
	}

	static Image build() {
		// What an interrupted run has left.
		buildah("rm", "--all");
		String jdk = jdk();
		run("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh", Tool.path("buildah"), "--root",
				STORE, "--runroot", STORE.resolve("run"), "bud", "--isolation", "chroot", "--layers", "--no-cache",
				"--pull-never", "--build-arg", "JDK=" + jdk, "--file", "src/image/Dockerfile", "--tag", NAME, ".");
		return new Image();
	}

	private static String jdk() {
		String given = System.getProperty("image.jdk");
		if (given != null) {
			buildah("pull", given);
			return given;
		}
		String name = "localhost/" + PACKAGE + ":" + RELEASE;
		if (buildah("images", "--format", "{{.Name}}:{{.Tag}}").stream().noneMatch(name::equals)) {
			bootstrap(name);
		}
		return name;
	}

	private static void bootstrap(String name) {
		Path system = BuildDirectory.fresh("debian");
		run("debootstrap", "--variant=minbase", "--include=" + PACKAGE, RELEASE, system);
		String container = last(buildah("from", "scratch"));
		buildah("add", container, system, "/");
		buildah("commit", "--rm", container, name);
		delete(system);
	}

	private static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> buildah(Object... arguments) {
		return run("buildah",
				Stream.concat(Stream.of("--root", STORE, "--runroot", STORE.resolve("run")), Stream.of(arguments))
					.toArray());
	}

	private static List<String> run(String tool, Object... arguments) {
		List<Object> command = new ArrayList<>(List.of(Tool.path(tool)));
		command.addAll(List.of(arguments));
		return Program.run(DEADLINE, PROJECT, command.toArray());
	}

	private static String last(List<String> lines) {
		return lines.get(lines.size() - 1);
	}

	/**
	 * Returns the directory that holds its files.
	 */
	Path root() {
		return this.root;
	}

	/**
	 * Returns what it says of itself: labels, user, command.
	 */
	JsonNode configuration() {
		return json(buildah("inspect", "--type", "image", NAME)).at("/OCIv1/config");
	}

	/**
	 * Returns its layers as a registry would send them.
	 */
	List<Layer> layers() {
		Path directory = BuildDirectory.fresh("layout");
		run("skopeo", "--insecure-policy", "copy", "--quiet",
				"containers-storage:[overlay@" + STORE + "+" + STORE.resolve("run") + "]" + NAME, "oci:" + directory);
		JsonNode manifest = blob(directory, read(directory.resolve("index.json")).at("/manifests/0/digest"));
		JsonNode history = blob(directory, manifest.at("/config/digest")).at("/history");
		List<String> steps = history.valueStream()
			.filter((step) -> !step.path("empty_layer").asBoolean())
			.map((step) -> step.path("created_by").asString())
			.toList();
		List<Layer> layers = new ArrayList<>();
		for (JsonNode layer : manifest.at("/layers")) {
			layers.add(new Layer(steps.get(layers.size()), layer.path("size").asLong()));
		}
		delete(directory);
		return layers;
	}

	private static JsonNode blob(Path directory, JsonNode digest) {
		return read(directory.resolve("blobs").resolve(digest.asString().replace(':', '/')));
	}

	private static JsonNode read(Path file) {
		try {
			return JsonMapper.shared().readTree(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode json(List<String> lines) {
		return JsonMapper.shared().readTree(String.join("\n", lines));
	}

	@Override
	public void close() {
		buildah("rm", this.container);
		// The steps of this build and the image before it.
		buildah("rmi", "--prune", "--force");
	}

	/**
	 * What one step has added.
	 *
	 * @param step instruction
	 * @param compressed bytes on the wire
	 */
	record Layer(String step, long compressed) {

	}

}
