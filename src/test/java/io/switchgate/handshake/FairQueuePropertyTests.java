package io.switchgate.handshake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
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
				switch (random.nextInt(7)) {
					case 0, 1, 2, 3 -> play.arrive();
					case 4 -> play.turn();
					case 5 -> play.chosenTurn();
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
		FairQueue<Integer> queue = new FairQueue<>(100);
		IntStream.range(0, 100).forEach((item) -> assertThat(queue.add("a", item)).isNull());
		assertThat(queue.add("a", 100)).isEqualTo(100);
		assertThat(queue.add("b", 101)).isEqualTo(99);
		assertThat(List.of(queue.next(), queue.next(), queue.next())).containsExactly(0, 101, 1);
	}

	@Test
	void sharesItsPlacesWithOtherQueues() {
		Semaphore places = new Semaphore(3);
		FairQueue<Integer> queue = new FairQueue<>(100, places);
		FairQueue<Integer> other = new FairQueue<>(100, places);
		assertThat(other.add("a", 1)).isNull();
		assertThat(queue.add("a", 2)).isNull();
		assertThat(queue.add("a", 3)).isNull();
		assertThat(queue.add("b", 4)).as("instead of the last of its own queue").isEqualTo(3);
		assertThat(queue.add("c", 5)).isEqualTo(5);
		assertThat(other.next()).isEqualTo(1);
		assertThat(queue.add("c", 5)).isNull();
		queue.remove("c", 5);
		queue.remove("c", 5);
		assertThat(places.availablePermits()).isEqualTo(1);
	}

	@Test
	void hasNoPlaceWhereNobodyMayWait() {
		FairQueue<Integer> queue = new FairQueue<>(0);
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

		private final int most;

		private final FairQueue<Item> queue;

		private final Map<Integer, List<Item>> waiting = new HashMap<>();

		/**
		 * How many turns of others the first of a line may still see.
		 */
		private final Map<Item, Integer> turnsLeft = new HashMap<>();

		private int arrivals;

		Play(Random random) {
			this.random = random;
			this.most = 1 + random.nextInt(20);
			this.queue = new FairQueue<>(this.most);
		}

		private List<Item> line(int address) {
			return this.waiting.computeIfAbsent(address, (key) -> new ArrayList<>());
		}

		private List<Item> all() {
			return this.waiting.values().stream().flatMap(List::stream).toList();
		}

		void arrive() {
			Item item = new Item(this.random.nextInt(1 + this.random.nextInt(8)), this.arrivals++);
			List<Item> line = line(item.address);
			boolean full = all().size() >= this.most;
			boolean newcomer = line.isEmpty();
			int longest = this.waiting.values().stream().mapToInt(List::size).max().orElse(0);
			line.add(item);
			Item displaced = this.queue.add(item.address, item);
			assertThat(displaced != null).isEqualTo(full);
			if (displaced != null) {
				List<Item> loser = line(displaced.address);
				assertThat(loser.get(loser.size() - 1)).isEqualTo(displaced);
				loser.remove(displaced);
				if (newcomer) {
					assertThat(displaced.equals(item)).as("refused").isEqualTo(longest < 2);
				}
				if (!displaced.equals(item)) {
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
			List<Item> all = all();
			if (!all.isEmpty()) {
				Item item = all.get(this.random.nextInt(all.size()));
				this.queue.remove(item.address, item);
				line(item.address).remove(item);
				this.turnsLeft.remove(item);
			}
			this.queue.remove(0, new Item(0, -1));
		}

		/**
		 * Lets one item go whose address is admitted.
		 */
		void chosenTurn() {
			int refused = this.random.nextInt(8);
			Item next = this.queue.next((address) -> !address.equals(refused));
			assertThat(next == null).isEqualTo(all().stream().allMatch((item) -> item.address == refused));
			if (next != null) {
				assertThat(next.address).isNotEqualTo(refused);
				assertThat(line(next.address).remove(0)).isEqualTo(next);
			}
			this.turnsLeft.clear();
		}

		@Nullable Item turn() {
			Item next = this.queue.next();
			if (next == null) {
				assertThat(all()).isEmpty();
				return null;
			}
			assertThat(line(next.address).remove(0)).isEqualTo(next);
			this.turnsLeft.remove(next);
			this.turnsLeft.replaceAll((item, left) -> left - 1);
			assertThat(this.turnsLeft)
				.allSatisfy((item, left) -> assertThat(left).as("%s has its turn", item).isPositive());
			return next;
		}

	}

}
