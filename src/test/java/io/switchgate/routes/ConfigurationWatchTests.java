package io.switchgate.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes the watch reload, look by look.
 */
class ConfigurationWatchTests {

	private final AtomicInteger reloads = new AtomicInteger();

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
		return new ConfigurationWatch(() -> Stream.of(this.file), this.reloads::incrementAndGet, interval);
	}

	@Test
	void aFileThatStaysDoesNothing() throws IOException {
		Files.writeString(this.file, "one");
		look(5);
		assertThat(this.reloads).hasValue(1);
	}

	@Test
	void aFileThatIsBeingWrittenIsNotTaken() throws IOException {
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
	void aFileThatIsAwayForAMomentIsNotMissed() throws IOException {
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

	@Test
	void anErrorDoesNotEndTheLooking() throws IOException {
		ConfigurationWatch failing = new ConfigurationWatch(() -> Stream.of(this.file), () -> {
			this.reloads.incrementAndGet();
			throw new IllegalStateException("of the test");
		}, Duration.ofMillis(1));
		failing.start();
		Awaitility.await().until(() -> this.reloads.get() == 2);
		Files.writeString(this.file, "two");
		Awaitility.await().until(() -> this.reloads.get() >= 3);
		failing.stop();
		assertThat(failing.isRunning()).isFalse();
	}

	@Test
	void anIntervalOfZeroTurnsItOff() {
		this.watch.start();
		assertThat(this.watch.isRunning()).isFalse();
	}

	private void look(int times) {
		for (int i = 0; i < times; i++) {
			this.watch.look();
		}
	}

}
