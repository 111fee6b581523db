package io.switchgate.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.springframework.util.FileSystemUtils;

/**
 * Directory that a kubelet keeps as a ConfigMap is: each version in a folder of its own,
 * a link {@code ..data} to the newest one that is replaced at once, and links from the
 * names of the files through it.
 *
 * @param directory where it is mounted
 */
record MountedConfigMap(Path directory) {

	private static final String FILE = "application.yml";

	/**
	 * Does what a kubelet does, in its order.
	 * @param text new text of the file
	 * @return this
	 */
	MountedConfigMap update(String text) throws IOException {
		Path data = this.directory.resolve("..data");
		Path before = Files.exists(data) ? data.toRealPath() : null;
		Path version = Files.createTempDirectory(this.directory, "..2026_11_23_06_30_00.");
		Files.writeString(version.resolve(FILE), text);
		Path link = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), version.getFileName());
		Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
		if (before == null) {
			Files.createSymbolicLink(this.directory.resolve(FILE), Path.of("..data", FILE));
		}
		else {
			FileSystemUtils.deleteRecursively(before);
		}
		return this;
	}

}
