package io.switchgate.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the changes that make the watch reload.
 */
class ConfigurationWatchTests {

	private final AtomicInteger reloads = new AtomicInteger();

	private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

	private Path file;

	private ConfigurationWatch watch;

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		this.file = Files.writeString(directory.resolve("application.yml"), "one");
		this.watch = watchEvery(Duration.ZERO);
		look(2);
		assertThat(this.reloads).as("files may have changed during the start").hasValue(1);
	}

	private ConfigurationWatch watchEvery(Duration interval) {
		return new ConfigurationWatch(() -> Stream.of(this.file), this.reloads::incrementAndGet, this.errors::add,
				interval);
	}

	@Test
	void anUnchangedFileIsNotReloaded() throws IOException {
		Files.writeString(this.file, "one");
		look(5);
		assertThat(this.reloads).hasValue(1);
	}

	@Test
	void aFileIsNotReloadedWhileItIsBeingWritten() throws IOException {
		for (String text : new String[] { "t", "tw", "two" }) {
			Files.writeString(this.file, text);
			look(1);
		}
		assertThat(this.reloads).hasValue(1);
		look(1);
		assertThat(this.reloads).hasValue(2);
		look(5);
		assertThat(this.reloads).hasValue(2);
	}

	@Test
	void aFileThatIsMissingForOneLookIsNoChange() throws IOException {
		Files.delete(this.file);
		look(1);
		Files.writeString(this.file, "one");
		look(2);
		assertThat(this.reloads).hasValue(1);
	}

	@Test
	void aFileThatIsGoneIsAChange() throws IOException {
		Files.delete(this.file);
		look(2);
		assertThat(this.reloads).hasValue(2);
	}

	@Test
	void aLinkThatChangesBetweenTwoLooksIsFollowedOnce() throws IOException {
		Path next = Files.createDirectory(this.file.resolveSibling("..2"));
		Files.writeString(next.resolve("application.yml"), "two");
		look(1);
		Files.createSymbolicLink(this.file.resolveSibling("..data"), next.getFileName());
		Path link = Files.createSymbolicLink(this.file.resolveSibling("link"), Path.of("..data", "application.yml"));
		Files.move(link, this.file, StandardCopyOption.ATOMIC_MOVE);
		look(1);
		assertThat(this.reloads).hasValue(1);
		look(5);
		assertThat(this.reloads).hasValue(2);
	}

	static Stream<Throwable> errors() {
		return Stream.of(new IllegalStateException("of the test"), new NoClassDefFoundError("of the test"),
				new StackOverflowError());
	}

	@ParameterizedTest
	@MethodSource("errors")
	void anErrorDoesNotEndTheWatch(Throwable error) throws IOException {
		ConfigurationWatch failing = new ConfigurationWatch(() -> Stream.of(this.file), () -> {
			if (this.reloads.incrementAndGet() == 2) {
				ReflectionUtils.rethrowRuntimeException(error);
			}
		}, this.errors::add, Duration.ofMillis(1));
		failing.start();
		Awaitility.await().until(() -> this.reloads.get() == 3);
		Files.writeString(this.file, "two");
		Awaitility.await().until(() -> this.reloads.get() == 4);
		failing.stop();
		assertThat(failing.isRunning()).isFalse();
		assertThat(this.errors).hasSize(1);
	}

	@Test
	void anErrorOfEveryLookIsReportedOnceAndTheFilesCountAsChangedAfterIt() {
		AtomicBoolean broken = new AtomicBoolean(true);
		ConfigurationWatch failing = new ConfigurationWatch(() -> {
			if (broken.get()) {
				throw new NoClassDefFoundError("of the test");
			}
			return Stream.of(this.file);
		}, this.reloads::incrementAndGet, this.errors::add, Duration.ZERO);
		IntStream.range(0, 5).forEach((i) -> failing.look());
		assertThat(this.errors).hasSize(1);
		broken.set(false);
		IntStream.range(0, 5).forEach((i) -> failing.look());
		assertThat(this.reloads).hasValue(2);
	}

	@Test
	void anIntervalOfZeroTurnsTheWatchOff() {
		this.watch.start();
		assertThat(this.watch.isRunning()).isFalse();
	}

	private void look(int times) {
		for (int i = 0; i < times; i++) {
			this.watch.look();
		}
	}

}
