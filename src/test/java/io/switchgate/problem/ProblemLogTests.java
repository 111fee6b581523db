package io.switchgate.problem;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the log of problems, which has at most one line a second for each cause.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProblemLogTests {

	private final AtomicLong now = new AtomicLong();

	private final ProblemLog log = new ProblemLog(this.now::get);

	private void add(ProblemCause cause, String detail) {
		this.log.add(new ProblemException(cause, detail));
	}

	@Test
	void logsEachCauseOnceASecondWithTheNumberOfProblems(CapturedOutput output) {
		for (int i = 0; i < 1000; i++) {
			add(ProblemCause.TOO_MANY_CONNECTIONS, "connection " + i);
		}
		add(ProblemCause.HEAD_TIMEOUT, "another problem");
		this.now.addAndGet(TimeUnit.SECONDS.toNanos(1));
		add(ProblemCause.TOO_MANY_CONNECTIONS, "the last one");
		assertThat(output.getOut().lines().filter((line) -> line.contains("ProblemLog"))).satisfiesExactly(
				(line) -> assertThat(line).endsWith("503: connection 0"),
				(line) -> assertThat(line).endsWith("408: another problem"),
				(line) -> assertThat(line).endsWith("503: the last one (and 999 more since the last line)"));
	}

	@Test
	void logsWhereAnErrorComesFromWithoutItsMessage(CapturedOutput output) {
		this.log.add(Problems.failure(new IllegalStateException(new IllegalArgumentException("/chat?token=s3cr3t"))));
		assertThat(output.getOut()).contains("500: java.lang.IllegalArgumentException at " + getClass().getName())
			.doesNotContain("s3cr3t")
			.hasLineCount(1);
	}

	@Test
	void logsNoFaultsOfClients(CapturedOutput output) {
		add(ProblemCause.KEY_INVALID, "a bad key");
		assertThat(output.getOut()).doesNotContain("a bad key");
	}

}
