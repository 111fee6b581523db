package io.switchgate.handshake;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any delays of a loop.
 */
class LoopPacePropertyTests {

	private static final int ROUNDS = 1_000;

	private static long below(Random random, long bound) {
		return random.nextInt(Math.toIntExact(bound));
	}

	/**
	 * Returns a pace after some turns.
	 */
	private static LoopPace any(Random random) {
		LoopPace pace = new LoopPace();
		for (int turns = random.nextInt(20); turns > 0; turns--) {
			pace.adjust(below(random, 2 * LoopPace.LATE));
		}
		return pace;
	}

	@Test
	void lateLoopBeginsHandshakesForHalfTheTime() {
		Seeds.forEach(ROUNDS, (random) -> {
			LoopPace pace = any(random);
			long before = pace.nanos();
			pace.adjust(LoopPace.LATE + below(random, LoopPace.LATE));
			assertThat(pace.nanos()).isEqualTo(Math.max(LoopPace.LEAST, before / 2));
		});
	}

	@Test
	void promptLoopSoonBeginsThemForAsLongAsEver() {
		Seeds.forEach(ROUNDS, (random) -> {
			LoopPace pace = any(random);
			for (int turns = 0; turns < 8; turns++) {
				pace.adjust(below(random, LoopPace.PROMPT));
			}
			assertThat(pace.nanos()).isEqualTo(LoopPace.MOST);
		});
	}

	@Test
	void timeStaysWhileTheLoopIsNeitherPromptNorLate() {
		Seeds.forEach(ROUNDS, (random) -> {
			LoopPace pace = any(random);
			long before = pace.nanos();
			pace.adjust(LoopPace.PROMPT + 1 + below(random, LoopPace.LATE - LoopPace.PROMPT - 1));
			assertThat(pace.nanos()).isEqualTo(before).isBetween(LoopPace.LEAST, LoopPace.MOST);
		});
	}

}
