package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes arrive exactly once and in order, whatever they are and however they are cut.
 */
class RelayGatewayTests {

	private static final int LARGEST = 16 * 1024 * 1024;

	private static final Executor THREAD_EACH = (task) -> new Thread(task).start();

	private static final String EARLY = Frame.asText("early");

	private static final String LATER = Frame.asText("and later");

	private static final String LANES = "io.switchgate.fixture.Lane#all";

	@ParameterizedTest
	@MethodSource(LANES)
	void relaysRandomFramesBothWaysAtOnce(Lane lane) throws Exception {
		byte[] fromClient = frames(new Random(1), true);
		byte[] fromUpstream = frames(new Random(2), false);
		try (Lane.Ends ends = lane.open(Lane.Limited.TRANSPARENT)) {
			CompletableFuture<byte[]> atUpstream = receive(ends.upstream(), fromClient.length);
			CompletableFuture<byte[]> atClient = receive(ends.client(), fromUpstream.length);
			CompletableFuture<Void> sent = CompletableFuture.allOf(send(ends.client(), fromClient, new Random(3)),
					send(ends.upstream(), fromUpstream, new Random(4)));
			sent.get(1, TimeUnit.MINUTES);
			assertThat(atUpstream.get(1, TimeUnit.MINUTES)).isEqualTo(sha256(fromClient));
			assertThat(atClient.get(1, TimeUnit.MINUTES)).isEqualTo(sha256(fromUpstream));
		}
	}

	/**
	 * Frames of all sizes with any opcode and any reserved bit, one of up to 16 MiB.
	 */
	private static byte[] frames(Random random, boolean masked) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		int[] lengths = { 0, 1, 125, 126, 127, 65535, 65536, random.nextInt(LARGEST / 16), random.nextInt(LARGEST), 0 };
		for (int length : lengths) {
			byte[] payload = new byte[length];
			random.nextBytes(payload);
			frames.writeBytes(new Frame(random.nextInt(256), masked, payload).bytes());
		}
		return frames.toByteArray();
	}

	private static CompletableFuture<Void> send(Wire wire, byte[] bytes, Random random) {
		return CompletableFuture.runAsync(() -> {
			int sent = 0;
			while (sent < bytes.length) {
				int length = Math.min(bytes.length - sent, 1 + random.nextInt(random.nextBoolean() ? 16 : 256 * 1024));
				wire.send(bytes, sent, length);
				sent += length;
			}
		}, THREAD_EACH);
	}

	private static CompletableFuture<byte[]> receive(Wire wire, int length) {
		return CompletableFuture.supplyAsync(() -> sha256(wire.read(length)), THREAD_EACH);
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void keepsFramesBehindTheRequestForTheUpstream(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()) + EARLY);
			try (Wire upstream = lane.upstream().accept()) {
				String request = upstream.head();
				client.send(LATER);
				upstream.send(Handshakes.switched(request));
				assertThat(upstream.text(EARLY.length())).isEqualTo(EARLY);
				assertThat(upstream.text(LATER.length())).isEqualTo(LATER);
				client.head();
			}
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void sendsFramesBehindTheUpstreamsAnswerAfterTheClientsOne(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head()) + EARLY);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				assertThat(client.text(EARLY.length())).isEqualTo(EARLY);
				upstream.send(LATER);
				assertThat(client.text(LATER.length())).isEqualTo(LATER);
			}
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void sendsNothingToTheUpstreamBeforeItsAnswer(Lane lane) throws Exception {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()) + EARLY);
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				// The refusal is a round trip behind the early bytes.
				upstream.send("HTTP/1.1 403 Forbidden\nContent-Length: 0\nConnection: close\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 403 ");
				upstream.fin();
				assertThat(upstream.rest()).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#http1")
	void switchesBehindAPipelinedRequest(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client
				.send("GET " + lane.path() + "/plain HTTP/1.1\nHost: a\n\n" + Handshakes.request(lane.path()) + EARLY);
			try (Wire upstream = lane.upstream().accept()) {
				assertThat(upstream.head()).startsWith("GET " + lane.path() + "/plain HTTP/1.1\n");
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
				assertThat(client.text(2)).isEqualTo("ok");
			}
			try (Wire upstream = lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head()) + Frame.asText("hello"));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				assertThat(client.frame().text()).isEqualTo("hello");
				assertThat(upstream.text(EARLY.length())).isEqualTo(EARLY);
			}
		}
	}

}
