package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies in chunks, whose pieces cost the upstream no more than the client's own reads.
 */
class BodyGatewayTests {

	private static final int LENGTH = 512 * 1024;

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void joinsChunksOfOneByte(Lane lane) throws Exception {
		byte[] chunks = "1\r\na\r\n".repeat(LENGTH).getBytes(StandardCharsets.US_ASCII);
		assertJoins(lane, chunks, (byte) 'a');
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void cutsNothingAtLineEnds(Lane lane) throws Exception {
		byte[] body = new byte[LENGTH];
		Arrays.fill(body, (byte) '\n');
		ByteArrayOutputStream chunk = new ByteArrayOutputStream();
		chunk.writeBytes((Integer.toHexString(LENGTH) + "\r\n").getBytes(StandardCharsets.US_ASCII));
		chunk.writeBytes(body);
		chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
		assertJoins(lane, chunk.toByteArray(), (byte) '\n');
	}

	private static void assertJoins(Lane lane, byte[] chunks, byte content) throws Exception {
		try (Wire client = lane.gateway().connect()) {
			Thread writer = new Thread(() -> {
				client.send("PUT " + lane.path() + " HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n");
				client.send(chunks);
				client.send("0\nX-Trailer: a\n\nGET /none HTTP/1.1\nHost: a\n\n");
			}, "writer");
			writer.start();
			try (Wire upstream = lane.upstream().accept()) {
				assertThat(upstream.head()).startsWith("PUT ");
				int chunksReceived = 0;
				int received = 0;
				for (int size = size(upstream); size > 0; size = size(upstream)) {
					chunksReceived++;
					received += size;
					assertThat(upstream.read(size)).containsOnly(content);
					upstream.read(2);
				}
				assertThat(received).isEqualTo(LENGTH);
				// A read brings 2 KB at least, of which a chunk of one byte is a sixth.
				assertThat(chunksReceived).isLessThan(LENGTH / 128);
				upstream.send("HTTP/1.1 201 Created\nContent-Length: 0\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 201 ");
				assertThat(client.head()).startsWith("HTTP/1.1 404 ");
			}
			writer.join();
		}
	}

	private static int size(Wire upstream) {
		StringBuilder line = new StringBuilder();
		while (!line.toString().endsWith("\r\n")) {
			line.append(upstream.text(1));
		}
		return Integer.parseInt(line.toString().strip(), 16);
	}

}
