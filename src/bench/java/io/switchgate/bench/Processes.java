package io.switchgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.switchgate.bench.traffic.Meter;

/**
 * A process and its children, as Linux accounts for them.
 *
 * @param pid process id of the parent
 */
record Processes(long pid) implements Meter {

	/**
	 * Linux counts in hundredths of a second, whatever its clock does.
	 */
	private static final long MICROS_OF_TICK = 10_000;

	/**
	 * Places of utime and stime behind the name in parentheses (proc_pid_stat(5)).
	 */
	private static final int USER = 11;

	private static final int SYSTEM = 12;

	/**
	 * Returns the CPU time of all threads, those that have ended among them.
	 */
	@Override
	public long cpuMicros() {
		return all().map(Processes::ticks).sum() * MICROS_OF_TICK;
	}

	private static long ticks(long pid) {
		String stat = read(pid, "stat");
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
	}

	/**
	 * Returns what is in memory. Pages that parent and child share count twice.
	 */
	@Override
	public long residentKibibytes() {
		return all()
			.map((process) -> read(process, "smaps_rollup").lines()
				.filter((line) -> line.startsWith("Rss:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum())
			.sum();
	}

	/**
	 * Returns whether the first of them has a file in its memory.
	 * @param name name of the file without its directory
	 */
	boolean map(String name) {
		return read(this.pid, "maps").lines().anyMatch((line) -> line.endsWith("/" + name));
	}

	/**
	 * Returns whether one of them waits for I/O with io_uring.
	 */
	boolean useIoUring() {
		return all().anyMatch((process) -> {
			try (Stream<Path> files = Files.list(directory(process).resolve("fd"))) {
				return files.anyMatch(Processes::isIoUring);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private static boolean isIoUring(Path file) {
		try {
			return Files.readSymbolicLink(file).toString().contains("io_uring");
		}
		catch (IOException ex) {
			// Closed meanwhile.
			return false;
		}
	}

	private LongStream all() {
		LongStream children = Stream.of(read(this.pid, "task/" + this.pid + "/children").split(" ", -1))
			.map(String::strip)
			.filter((child) -> !child.isEmpty())
			.mapToLong(Long::parseLong);
		return LongStream.concat(LongStream.of(this.pid), children);
	}

	private static Path directory(long pid) {
		return Path.of("/proc", Long.toString(pid));
	}

	private static String read(long pid, String name) {
		try {
			return Files.readString(directory(pid).resolve(name));
		}
		catch (IOException ex) {
			throw new IllegalStateException("process has ended", ex);
		}
	}

}
