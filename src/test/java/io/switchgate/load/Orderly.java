package io.switchgate.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.switchgate.fixture.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts of ends that do what they should.
 */
final class Orderly {

	private static final int SMALL = 3_000;

	private static final int LARGE = 1024 * 1024;

	private static final int PIECE = 64 * 1024;

	private static final int PIECES = 64;

	private static final int MANY = 300;

	private Orderly() {
	}

	/**
	 * Returns each frame, and answers a close frame.
	 */
	static void echo(Speaker end, Random random) {
		Frame close = echo(end, Integer.MAX_VALUE);
		if (close != null) {
			end.answer(close);
		}
	}

	/**
	 * Returns some frames.
	 * @return the close frame that came too early, or null
	 */
	static @Nullable Frame echo(Speaker end, int frames) {
		for (int i = 0; i < frames; i++) {
			Frame frame = end.hear();
			if (frame.isClose()) {
				return frame;
			}
			end.say(frame.first(), frame.payload());
		}
		return null;
	}

	/**
	 * Sends messages and waits for the echo of each.
	 * @return the close frame that came before the last one, or null
	 */
	static @Nullable Frame converse(Speaker end, Random random, int messages, int size) {
		for (int i = 0; i < messages; i++) {
			byte[] payload = new byte[size];
			random.nextBytes(payload);
			int first = random.nextBoolean() ? Speaker.TEXT : Speaker.BINARY;
			end.say(first, payload);
			Frame close = end.hearEcho(first, payload);
			if (close != null) {
				return close;
			}
		}
		return null;
	}

	static void chat(Speaker end, Random random) {
		talk(end, random, 1 + random.nextInt(40), random.nextInt(SMALL));
	}

	static void sendMuch(Speaker end, Random random) {
		talk(end, random, 2, LARGE);
	}

	static void sendTooFast(Speaker end, Random random) {
		talk(end, random, 3, PIECE);
	}

	/**
	 * Talks until the other end closes the tunnel, or for long enough.
	 */
	static void talkOn(Speaker end, Random random) {
		Frame close = null;
		for (int i = 0; i < MANY && close == null; i++) {
			pause(10);
			close = converse(end, random, 1, random.nextInt(SMALL));
		}
		finish(end, random, close);
	}

	static void talk(Speaker end, Random random, int messages, int size) {
		finish(end, random, converse(end, random, messages, size));
	}

	static void finish(Speaker end, Random random, @Nullable Frame close) {
		if (close != null) {
			end.answer(close);
		}
		else {
			leave(end, random);
		}
	}

	/**
	 * Returns some frames and closes the tunnel then.
	 */
	static void echoAndLeave(Speaker end, Random random) {
		finish(end, random, echo(end, random.nextInt(20)));
	}

	private static void leave(Speaker end, Random random) {
		int[] codes = { 1000, 1001, 1003, 1008, 1011, 3000, 3999, 4000, 4999 };
		int choice = random.nextInt(codes.length + 1);
		if (choice == codes.length) {
			end.leave();
		}
		else {
			end.leave(Frame.close(codes[choice], "x".repeat(random.nextInt(124))).payload());
		}
	}

	/**
	 * Sends messages in pieces with pings between.
	 */
	static void sendInPieces(Speaker end, Random random) {
		for (int message = 0; message < 4; message++) {
			List<byte[]> pieces = new ArrayList<>();
			List<byte[]> pings = new ArrayList<>();
			int last = 1 + random.nextInt(5);
			for (int i = 0; i <= last; i++) {
				pieces.add(bytes(random, random.nextInt(SMALL)));
				end.say(first(i, last), pieces.get(i));
				if (random.nextBoolean()) {
					pings.add(bytes(random, random.nextInt(126)));
					end.say(Speaker.PING, pings.get(pings.size() - 1));
				}
			}
			hearPieces(end, pieces, pings);
		}
		leave(end, random);
	}

	private static void hearPieces(Speaker end, List<byte[]> pieces, List<byte[]> pings) {
		int last = pieces.size() - 1;
		int piece = 0;
		int pong = 0;
		while (piece <= last || pong < pings.size()) {
			Frame frame = end.hear();
			if (frame.first() == Speaker.PONG) {
				assertThat(frame.payload()).isEqualTo(pings.get(pong++));
			}
			else {
				assertThat(frame.first()).isEqualTo(first(piece, last));
				assertThat(frame.payload()).isEqualTo(pieces.get(piece++));
			}
		}
	}

	private static int first(int piece, int last) {
		return ((piece == last) ? 0x80 : 0) | ((piece == 0) ? 0x02 : 0);
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	/**
	 * Asks for more than buffers hold, and takes it slowly.
	 */
	static void readSlowly(Speaker end, Random random) {
		end.wire().receiveBuffer(PIECE);
		end.say(Speaker.TEXT);
		pause(200);
		for (int i = 0; i < PIECES; i++) {
			pause(3);
			assertThat(end.hearEcho(Speaker.BINARY, piece(i))).isNull();
		}
		leave(end, random);
	}

	/**
	 * Sends what was asked for.
	 */
	static void serve(Speaker end, Random random) {
		end.hear();
		for (int i = 0; i < PIECES; i++) {
			end.say(Speaker.BINARY, piece(i));
		}
		echo(end, random);
	}

	private static byte[] piece(int number) {
		byte[] piece = new byte[PIECE];
		Arrays.fill(piece, (byte) number);
		return piece;
	}

	/**
	 * Says nothing, but answers pings of the gateway.
	 */
	static void answerPings(Speaker end, Random random) {
		for (int i = 0; i < 3; i++) {
			Frame ping = end.listen();
			assertThat(ping.first()).isEqualTo(Speaker.PING);
			end.say(Speaker.PONG, ping.payload());
		}
		leave(end, random);
	}

	/**
	 * Says something, and nothing more.
	 */
	static void fallSilent(Speaker end, Random random) {
		Frame close = converse(end, random, 1, SMALL);
		if (close != null) {
			end.answer(close);
		}
		else {
			end.awaitClose();
		}
	}

	static void pause(int millis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
