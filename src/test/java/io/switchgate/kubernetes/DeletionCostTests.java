package io.switchgate.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the times at which the deletion cost is updated, in virtual time.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeletionCostTests {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Integer> published = new ArrayList<>();

	private int tunnels;

	private Mono<Void> answer = Mono.empty();

	private Future<Void> updates;

	@BeforeEach
	void start() {
		this.updates = new DeletionCost(() -> this.tunnels, (open) -> {
			this.published.add(open);
			return Mono.defer(() -> this.answer);
		}, INTERVAL).keep(this.time).toFuture();
	}

	@AfterEach
	void stop() {
		this.updates.cancel(true);
		this.time.dispose();
	}

	private void pass(int intervals) {
		this.time.advanceTimeBy(INTERVAL.multipliedBy(intervals));
	}

	@Test
	void publishesWithinTheFirstInterval() {
		assertThat(this.published).isEmpty();
		pass(1);
		assertThat(this.published).containsExactly(0);
	}

	@Test
	void publishesNothingWhileTheNumberStays() {
		this.tunnels = 7;
		pass(1000);
		assertThat(this.published).containsExactly(7);
	}

	@Test
	void publishesOncePerIntervalHoweverOftenTheNumberChanges() {
		for (int second = 0; second < 3000; second++) {
			this.tunnels++;
			this.time.advanceTimeBy(Duration.ofSeconds(1));
		}
		assertThat(this.published).hasSize(100).isSorted();
	}

	@Test
	void waitsForTheAnswerBeforeItPublishesAgain() {
		Sinks.Empty<Void> slow = Sinks.empty();
		this.answer = slow.asMono();
		this.tunnels = 1;
		pass(10);
		this.tunnels = 2;
		pass(10);
		assertThat(this.published).containsExactly(1);
		slow.tryEmitEmpty();
		pass(1);
		assertThat(this.published).containsExactly(1, 2);
	}

	@Test
	void publishesAgainAfterAnErrorEvenTheSameNumber() {
		pass(1);
		this.tunnels = 1;
		this.answer = Mono.error(new IOException("reset"));
		pass(1);
		this.tunnels = 0;
		this.answer = Mono.empty();
		pass(10);
		assertThat(this.published).as("the update that failed may have arrived").containsExactly(0, 1, 0);
	}

	@Test
	void publishesAgainAfterAnUnexpectedError() {
		this.answer = Mono.error(new IllegalStateException("of the test"));
		pass(3);
		assertThat(this.published).hasSize(3);
	}

	@Test
	void logsOnceThatItFailsAndOnceThatItWorksAgain(CapturedOutput output) {
		this.answer = Mono.error(new IOException("first"));
		pass(100);
		this.answer = Mono.error(new IOException("second"));
		pass(100);
		this.answer = Mono.error(new RefusedException(HttpResponseStatus.FORBIDDEN));
		pass(100);
		this.answer = Mono.empty();
		this.tunnels = 5;
		pass(100);
		assertThat(output.getOut().lines().filter((line) -> line.contains("DeletionCost"))).satisfiesExactly(
				(line) -> assertThat(line).contains("WARN").endsWith("not kept: first"),
				(line) -> assertThat(line).contains("WARN").endsWith("not kept: HTTP 403 Forbidden"),
				(line) -> assertThat(line).contains("INFO").endsWith("kept again: 5"));
	}

	@Test
	void publishesNothingAfterItWasStopped() {
		pass(1);
		this.updates.cancel(true);
		this.tunnels = 1;
		pass(10);
		assertThat(this.published).containsExactly(0);
	}

}
