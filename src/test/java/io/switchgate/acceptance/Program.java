package io.switchgate.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Running program. Its output is read at once, and it is killed at the end of the test
 * run at the latest.
 */
public final class Program implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final String END = "(end of output)";

	private final Process process;

	private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	private final Thread onShutdown = new Thread(this::kill);

	private Program(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(this.onShutdown);
		Thread reader = new Thread(this::readLines, "output of " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	public static Program start(Path directory, Object... command) {
		ProcessBuilder builder = new ProcessBuilder(Stream.of(command).map(Object::toString).toList());
		try {
			return new Program(builder.directory(directory.toFile()).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a program, which must end with status 0.
	 * @param deadline longest time that it may take
	 * @param directory working directory
	 * @param command program and its arguments
	 * @return lines that it printed
	 */
	public static List<String> run(Duration deadline, Path directory, Object... command) {
		try (Program program = start(directory, command)) {
			int code = program.awaitExit(deadline);
			List<String> lines = program.awaitEnd();
			if (code != 0) {
				throw new AssertionError(List.of(command) + " ended with " + code + ":\n" + String.join("\n", lines));
			}
			return lines;
		}
	}

	private void readLines() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach(this::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// The program was killed.
		}
		finally {
			add(END);
		}
	}

	private void add(String line) {
		this.output.add(line);
		this.unread.add(line);
	}

	/**
	 * Waits for a line that contains a text. Skips lines up to the last one that was
	 * waited for.
	 * @return whole line
	 */
	public String awaitLine(String part) {
		long end = System.nanoTime() + DEADLINE.toNanos();
		while (true) {
			String line = poll(end - System.nanoTime());
			if (line.contains(part)) {
				return line;
			}
			if (line.equals(END)) {
				throw new AssertionError("No '" + part + "' in:\n" + String.join("\n", this.output));
			}
		}
	}

	/**
	 * Waits for the end of the output.
	 * @return all lines
	 */
	public List<String> awaitEnd() {
		awaitLine(END);
		return this.output.stream().filter((line) -> !line.equals(END)).toList();
	}

	private String poll(long nanos) {
		try {
			String line = this.unread.poll(nanos, TimeUnit.NANOSECONDS);
			return (line != null) ? line : END;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits for the next line.
	 */
	String awaitLine() {
		return awaitLine("");
	}

	/**
	 * Sends a line to the standard input of the program.
	 * @param line line without a line feed
	 */
	public void tell(String line) {
		try {
			OutputStream input = this.process.getOutputStream();
			input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
			input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns all lines that the program has printed so far.
	 */
	public List<String> output() {
		return List.copyOf(this.output);
	}

	public long pid() {
		return this.process.pid();
	}

	/**
	 * Closes the standard input of the program.
	 */
	void endInput() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends SIGTERM. Later output is still read.
	 */
	public void terminate() {
		this.process.toHandle().destroy();
	}

	public int awaitExit(Duration deadline) {
		try {
			if (!this.process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("Still running after " + deadline + ":\n" + String.join("\n", this.output));
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void kill() {
		List<ProcessHandle> descendants = this.process.descendants().toList();
		this.process.destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	@Override
	public void close() {
		kill();
		awaitExit(DEADLINE);
		Runtime.getRuntime().removeShutdownHook(this.onShutdown);
	}

}
