package io.switchgate.handshake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any arrivals in any order.
 */
class FairQueuePropertyTests {

	private static final int ROUNDS = 3_000;

	@Test
	void givesEachLineItsTurnAndRefusesTheLongest() {
		Seeds.forEach(ROUNDS, (random) -> {
			Play play = new Play(random);
			for (int step = 0; step < 100; step++) {
				switch (random.nextInt(5)) {
					case 0, 1, 2 -> play.arrive();
					case 3 -> play.turn();
					default -> play.leave();
				}
			}
			while (play.turn() != null) {
				// Nobody is forgotten.
			}
			assertThat(play.queue.isEmpty()).isTrue();
		});
	}

	@Test
	void letsOneAddressHaveAllPlaces() {
		FairQueue<Integer> queue = new FairQueue<>(100, (item) -> false);
		IntStream.range(0, 100).forEach((item) -> assertThat(queue.add("a", item)).isNull());
		assertThat(queue.add("a", 100)).isEqualTo(100);
		assertThat(queue.add("b", 101)).isEqualTo(99);
		assertThat(List.of(queue.next(), queue.next(), queue.next())).containsExactly(0, 101, 1);
	}

	@Test
	void hasNoPlaceWhereNobodyMayWait() {
		FairQueue<Integer> queue = new FairQueue<>(0, (item) -> false);
		assertThat(queue.add("a", 1)).isEqualTo(1);
		assertThat(queue.next()).isNull();
	}

	/**
	 * One that waits.
	 *
	 * @param address whose line it waits in
	 * @param number place among all arrivals
	 */
	private record Item(int address, int number) {

	}

	/**
	 * A queue, and what is known of it.
	 */
	private static final class Play {

		private final Random random;

		/**
		 * Whether some leave, of whom the queue learns later than this.
		 */
		private final boolean leaving;

		private final int most;

		private final Set<Item> gone = new HashSet<>();

		private final FairQueue<Item> queue;

		private final Map<Integer, List<Item>> waiting = new HashMap<>();

		/**
		 * How many turns of others the first of a line may still see.
		 */
		private final Map<Item, Integer> turnsLeft = new HashMap<>();

		private int arrivals;

		Play(Random random) {
			this.random = random;
			this.leaving = random.nextBoolean();
			this.most = 1 + random.nextInt(20);
			this.queue = new FairQueue<>(this.most, this.gone::contains);
		}

		private List<Item> line(int address) {
			return this.waiting.computeIfAbsent(address, (key) -> new ArrayList<>());
		}

		private long size() {
			return this.waiting.values().stream().mapToInt(List::size).sum();
		}

		void arrive() {
			Item item = new Item(this.random.nextInt(1 + this.random.nextInt(8)), this.arrivals++);
			List<Item> line = line(item.address);
			boolean full = size() >= this.most;
			boolean newcomer = line.isEmpty();
			int longest = this.waiting.values().stream().mapToInt(List::size).max().orElse(0);
			line.add(item);
			Item displaced = this.queue.add(item.address, item);
			if (!this.leaving) {
				assertThat(displaced != null).isEqualTo(full);
			}
			if (displaced != null) {
				List<Item> loser = line(displaced.address);
				assertThat(loser.get(loser.size() - 1)).isEqualTo(displaced);
				loser.remove(displaced);
				if (newcomer && !this.leaving) {
					assertThat(displaced.equals(item)).as("refused").isEqualTo(longest < 2);
				}
				if (!this.leaving && !displaced.equals(item)) {
					assertThat(loser).as("shorter than the line that it made room for")
						.hasSizeGreaterThanOrEqualTo(line.size());
				}
			}
			if (line.size() == 1 && line.contains(item)) {
				this.turnsLeft.put(item, lines());
			}
		}

		private int lines() {
			return (int) this.waiting.values().stream().filter((line) -> !line.isEmpty()).count();
		}

		void leave() {
			List<Item> all = this.waiting.values().stream().flatMap(List::stream).toList();
			if (this.leaving && !all.isEmpty()) {
				this.gone.add(all.get(this.random.nextInt(all.size())));
			}
		}

		@Nullable Item turn() {
			Item next = this.queue.next();
			if (next == null) {
				assertThat(this.gone).containsAll(this.waiting.values().stream().flatMap(List::stream).toList());
				this.waiting.clear();
				return null;
			}
			List<Item> line = line(next.address);
			assertThat(this.gone).as("those before it").containsAll(line.subList(0, line.indexOf(next)));
			line.subList(0, line.indexOf(next) + 1).clear();
			// Lines of which all are gone may have vanished with it, or not yet.
			this.turnsLeft.remove(next);
			this.turnsLeft.replaceAll((item, left) -> left - 1);
			assertThat(this.turnsLeft).allSatisfy((item,
					left) -> assertThat(left > 0 || this.gone.contains(item)).as("%s has its turn", item).isTrue());
			return next;
		}

	}

}
