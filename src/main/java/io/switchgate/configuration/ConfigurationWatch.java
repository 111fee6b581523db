package io.switchgate.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Reloads when the content of the configuration files has changed. It polls, because a
 * mounted ConfigMap changes a link and editors rename files, and neither is an event of
 * the file itself.
 */
final class ConfigurationWatch implements SmartLifecycle {

	private static final String ABSENT = "absent";

	private final Supplier<Stream<Path>> files;

	private final Runnable reload;

	private final Consumer<Throwable> failed;

	private final Duration interval;

	private @Nullable ScheduledExecutorService thread;

	/**
	 * What the last reload has read. Empty at first, because the files may have changed
	 * after the start has read them.
	 */
	private Map<String, String> taken = Map.of();

	/**
	 * What the last look has read. Two looks in a row must agree before a reload, so that
	 * a file is not read while somebody writes it.
	 */
	private Map<String, String> seen = Map.of();

	private @Nullable String reported;

	ConfigurationWatch(Supplier<Stream<Path>> files, Runnable reload, Consumer<Throwable> failed, Duration interval) {
		this.files = files;
		this.reload = reload;
		this.failed = failed;
		this.interval = interval;
	}

	@Override
	public synchronized void start() {
		if (this.interval.isZero() || this.thread != null) {
			return;
		}
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread watching = new Thread(task, "configuration-watch");
			watching.setDaemon(true);
			return watching;
		});
		started.scheduleWithFixedDelay(this::look, 0, this.interval.toNanos(), TimeUnit.NANOSECONDS);
		this.thread = started;
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * Looks once. It catches everything, because the executor would silently stop after
	 * an exception. An error that repeats is reported once, and the next look tries again
	 * even if the files have not changed.
	 */
	void look() {
		try {
			Map<String, String> now = fingerprints();
			boolean settled = now.equals(this.seen);
			this.seen = now;
			if (settled && (!now.equals(this.taken) || this.reported != null)) {
				this.taken = now;
				this.reload.run();
				this.reported = null;
			}
		}
		catch (Throwable ex) {
			if (!ex.toString().equals(this.reported)) {
				this.reported = ex.toString();
				this.failed.accept(ex);
			}
		}
	}

	private Map<String, String> fingerprints() {
		Map<String, String> fingerprints = new TreeMap<>();
		this.files.get()
			.map((file) -> file.toAbsolutePath().normalize())
			.distinct()
			.forEach((file) -> fingerprints.put(file.toString(), fingerprint(file)));
		return fingerprints;
	}

	private static String fingerprint(Path file) {
		if (!Files.isRegularFile(file)) {
			return ABSENT;
		}
		try (InputStream content = Files.newInputStream(file)) {
			MessageDigest hash = MessageDigest.getInstance("SHA-256");
			content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), hash));
			return file.toRealPath() + " " + HexFormat.of().formatHex(hash.digest());
		}
		catch (IOException ex) {
			return ABSENT;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
