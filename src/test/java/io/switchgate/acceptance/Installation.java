package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import org.springframework.util.FileSystemUtils;

/**
 * Pinned packages below the build directory, which are kept from run to run. The copy of
 * the pins is written last, so an interrupted installation is repeated.
 */
public final class Installation {

	private static final Duration DEADLINE = Duration.ofMinutes(4);

	private static final Path PYTHON = BuildDirectory.resolve("python");

	private static final Path WSCAT = BuildDirectory.resolve("wscat");

	private Installation() {
	}

	/**
	 * Returns the interpreter of an environment with FastAPI, uvicorn and the Autobahn
	 * test suite.
	 */
	static Path python() {
		return environment(PYTHON, BuildDirectory.resource("requirements.txt")).resolve("python");
	}

	/**
	 * Creates an environment for Python.
	 * @param directory directory of the environment
	 * @param pins file with packages and their versions
	 * @return directory of its programs
	 */
	public static Path environment(Path directory, Path pins) {
		Path programs = directory.resolve("bin");
		install(directory, pins, () -> {
			run(Tool.path("python3"), "-m", "venv", directory);
			run(programs.resolve("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
					pins);
		});
		return programs;
	}

	/**
	 * Returns the directory below which Node finds the packages wscat and ws.
	 */
	static Path wscat() {
		packages(WSCAT, BuildDirectory.resource("package.json"));
		return WSCAT;
	}

	/**
	 * Installs packages for Node.
	 * @param directory directory below which scripts find the packages
	 * @param pins file with packages and their versions
	 */
	public static void packages(Path directory, Path pins) {
		install(directory, pins, () -> {
			Files.copy(pins, Files.createDirectories(directory).resolve("package.json"));
			run(Tool.path("npm"), "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", directory);
		});
	}

	private static void run(Object... command) {
		Program.run(DEADLINE, BuildDirectory.resolve(""), command);
	}

	private static synchronized void install(Path directory, Path pins, Installer installer) {
		Path installed = directory.resolve("installed");
		try {
			if (Files.exists(installed) && Files.mismatch(installed, pins) == -1) {
				return;
			}
			FileSystemUtils.deleteRecursively(directory);
			installer.install();
			Files.copy(pins, installed, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Installs packages into the directory.
	 */
	private interface Installer {

		void install() throws IOException;

	}

}
