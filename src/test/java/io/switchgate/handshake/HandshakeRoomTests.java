package io.switchgate.handshake;

import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Room on a route, for one client and for many.
 */
class HandshakeRoomTests {

	private static HandshakeRoom room(int places) {
		return new HandshakeRoom("chat", places, new Semaphore(0));
	}

	private static long enter(HandshakeRoom room, Object network) {
		return IntStream.range(0, 2000).takeWhile((attempt) -> room.enter(network)).count();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "3, 3", "4, 3", "1024, 768" })
	void leavesAQuarterOfManyPlacesToOthers(int places, long most) {
		HandshakeRoom room = room(places);
		assertThat(enter(room, "a")).isEqualTo(most);
		assertThat(room.enter("b")).isEqualTo(most < places);
	}

	@Test
	void givesAllPlacesToManyAddresses() {
		HandshakeRoom room = room(1024);
		assertThat(IntStream.range(0, 1024)).allMatch(room::enter);
		assertThat(room.enter("a")).isFalse();
		room.exit(7);
		assertThat(room.enter("a")).isTrue();
	}

}
