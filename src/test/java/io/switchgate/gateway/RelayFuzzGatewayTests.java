package io.switchgate.gateway;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Seeds;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a handshake and any bytes behind it are cut, on both sides, both sides get what
 * the other one said, up to its end.
 */
class RelayFuzzGatewayTests {

	private static final int ROUNDS = 25;

	private static final int LARGEST = 300_000;

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void relaysAnyBytesInAnySegments(Lane lane) {
		Seeds.forEach(ROUNDS, (random) -> {
			byte[] fromClient = bytes(random);
			byte[] fromUpstream = bytes(random);
			try (Wire client = lane.gateway().connect()) {
				CompletableFuture<Void> request = send(client, Handshakes.request(lane.path(Lane.Limited.TRANSPARENT)),
						fromClient, random);
				try (Wire upstream = lane.upstream().accept()) {
					String switched = Handshakes.switched(upstream.head());
					CompletableFuture<Void> answer = send(upstream, switched, fromUpstream, random);
					CompletableFuture<Void> answered = answer.thenRun(upstream::fin);
					assertThat(client.head()).startsWith("HTTP/1.1 101 ");
					// Not before: a client that ends a handshake has left.
					CompletableFuture<Void> requested = request.thenRun(client::fin);
					assertSame(upstream.rest(), fromClient);
					assertSame(client.rest(), fromUpstream);
					CompletableFuture.allOf(requested, answered).join();
				}
			}
		});
	}

	private static void assertSame(byte[] received, byte[] sent) {
		assertThat(received.length).as("bytes received").isEqualTo(sent.length);
		assertThat(Arrays.mismatch(received, sent)).as("first difference").isEqualTo(-1);
	}

	/**
	 * Few or many, and often such as end a head.
	 */
	private static byte[] bytes(Random random) {
		byte[] bytes = new byte[random.nextInt((random.nextInt(4) == 0) ? LARGEST : 300)];
		random.nextBytes(bytes);
		if (random.nextBoolean()) {
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (byte) "\r\n\r\nGET /".charAt((bytes[i] & 0xff) % 9);
			}
		}
		return bytes;
	}

	/**
	 * Sends a head with bytes behind it, in segments of which the first ones are small.
	 */
	private static CompletableFuture<Void> send(Wire wire, String head, byte[] behind, Random random) {
		byte[] first = Wire.crlf(head);
		byte[] all = ByteBuffer.allocate(first.length + behind.length).put(first).put(behind).array();
		Random cuts = new Random(random.nextLong());
		int small = 1 << cuts.nextInt(10);
		return CompletableFuture.runAsync(() -> {
			for (int sent = 0; sent < all.length;) {
				int longest = (sent < first.length + 200) ? small : LARGEST / 4;
				int length = Math.min(all.length - sent, 1 + cuts.nextInt(longest));
				wire.send(all, sent, length);
				sent += length;
			}
		}, (task) -> new Thread(task).start());
	}

}
