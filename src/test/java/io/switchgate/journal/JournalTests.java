package io.switchgate.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JournalTests {

	private final Journal journal = new Journal(8);

	@Test
	void keepsFailuresLongerThanSuccesses() {
		add("f0", 502);
		IntStream.range(0, 20).forEach((i) -> add("s" + i, 101));
		assertThat(ids()).containsExactly("s19", "s18", "s17", "s16", "s15", "s14", "s13", "f0");
	}

	@Test
	void keepsAQuarterOfSuccesses() {
		IntStream.range(0, 20).forEach((i) -> add("s" + i, 101));
		IntStream.range(0, 20).forEach((i) -> add("f" + i, 502));
		assertThat(ids()).containsExactly("f19", "f18", "f17", "f16", "f15", "f14", "s19", "s18");
	}

	@Test
	void findsHandshakesById() {
		add("f0", 502);
		assertThat(this.journal.get("f0")).isEqualTo(handshake("f0", 502, 0));
		assertThat(this.journal.get("f1")).isNull();
	}

	@Test
	void keepsNothingWithACapacityOfZero() {
		Journal none = new Journal(0);
		none.finished(handshake("f0", 502, 0));
		assertThat(none.all()).isEmpty();
	}

	private int added;

	private void add(String id, int status) {
		this.journal.finished(handshake(id, status, this.added++));
	}

	private static HandshakeRecord handshake(String id, int status, int second) {
		HandshakeOutcome outcome = (status == 101) ? HandshakeOutcome.SWITCHED : HandshakeOutcome.ofError(status);
		return new HandshakeRecord(id, Instant.ofEpochSecond(second),
				new HandshakeRecord.Result("chat", outcome, status, null, null),
				new HandshakeRecord.Times(null, null, null, Duration.ofMillis(1)),
				new HandshakeRecord.Side("127.0.0.1", null, null, null), null, null);
	}

	private List<String> ids() {
		return this.journal.all().stream().map(HandshakeRecord::id).toList();
	}

}
