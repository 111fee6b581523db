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
	void lateLoopBeginsHalfAsMany() {
		Seeds.forEach(ROUNDS, (random) -> {
			LoopPace pace = any(random);
			int before = pace.perTurn();
			pace.adjust(LoopPace.LATE + below(random, LoopPace.LATE));
			assertThat(pace.perTurn()).isEqualTo(Math.max(1, before / 2));
		});
	}

	@Test
	void promptLoopSoonBeginsAsManyAsEver() {
		Seeds.forEach(ROUNDS, (random) -> {
			LoopPace pace = any(random);
			for (int turns = 0; turns < LoopPace.MOST; turns++) {
				pace.adjust(below(random, LoopPace.PROMPT));
			}
			assertThat(pace.perTurn()).isEqualTo(LoopPace.MOST);
		});
	}

	@Test
	void numberStaysWhileTheLoopIsNeitherPromptNorLate() {
		Seeds.forEach(ROUNDS, (random) -> {
			LoopPace pace = any(random);
			int before = pace.perTurn();
			pace.adjust(LoopPace.PROMPT + 1 + below(random, LoopPace.LATE - LoopPace.PROMPT - 1));
			assertThat(pace.perTurn()).isEqualTo(before).isBetween(1, LoopPace.MOST);
		});
	}

}
