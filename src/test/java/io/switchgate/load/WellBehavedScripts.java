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
 * Scripts of clients and upstreams that keep the protocol.
 */
final class WellBehavedScripts {

	private static final int SMALL = 3_000;

	private static final int LARGE = 1024 * 1024;

	private static final int PIECE = 64 * 1024;

	private static final int PIECES = 64;

	private static final int MANY = 300;

	private WellBehavedScripts() {
	}

	/**
	 * Sends each frame back, and answers a close frame.
	 */
	static void echo(TunnelEnd end, Random random) {
		Frame close = echo(end, Integer.MAX_VALUE);
		if (close != null) {
			end.answerClose(close);
		}
	}

	/**
	 * Sends some frames back.
	 * @return the close frame that came before the last of them, or null
	 */
	static @Nullable Frame echo(TunnelEnd end, int frames) {
		for (int i = 0; i < frames; i++) {
			Frame frame = end.readAnsweringPings();
			if (frame.isClose()) {
				return frame;
			}
			end.send(frame.first(), frame.payload());
		}
		return null;
	}

	/**
	 * Sends messages, and waits for the echo of each before it sends the next.
	 * @return the close frame that came before the last echo, or null
	 */
	static @Nullable Frame exchangeMessages(TunnelEnd end, Random random, int messages, int size) {
		for (int i = 0; i < messages; i++) {
			byte[] payload = new byte[size];
			random.nextBytes(payload);
			int first = random.nextBoolean() ? TunnelEnd.TEXT : TunnelEnd.BINARY;
			end.send(first, payload);
			Frame close = end.readEcho(first, payload);
			if (close != null) {
				return close;
			}
		}
		return null;
	}

	static void exchangeSmallMessages(TunnelEnd end, Random random) {
		exchangeAndClose(end, random, 1 + random.nextInt(40), random.nextInt(SMALL));
	}

	static void exchangeLargeMessages(TunnelEnd end, Random random) {
		exchangeAndClose(end, random, 2, LARGE);
	}

	static void sendTooFast(TunnelEnd end, Random random) {
		exchangeAndClose(end, random, 3, PIECE);
	}

	/**
	 * Exchanges messages until the other end closes the tunnel. Closes it after three
	 * seconds otherwise.
	 */
	static void exchangeUntilClosed(TunnelEnd end, Random random) {
		Frame close = null;
		for (int i = 0; i < MANY && close == null; i++) {
			pause(10);
			close = exchangeMessages(end, random, 1, random.nextInt(SMALL));
		}
		closeOrAnswer(end, random, close);
	}

	static void exchangeAndClose(TunnelEnd end, Random random, int messages, int size) {
		closeOrAnswer(end, random, exchangeMessages(end, random, messages, size));
	}

	static void closeOrAnswer(TunnelEnd end, Random random, @Nullable Frame close) {
		if (close != null) {
			end.answerClose(close);
		}
		else {
			close(end, random);
		}
	}

	/**
	 * Sends some frames back, and then closes the tunnel.
	 */
	static void echoAndClose(TunnelEnd end, Random random) {
		closeOrAnswer(end, random, echo(end, random.nextInt(20)));
	}

	private static void close(TunnelEnd end, Random random) {
		int[] codes = { 1000, 1001, 1003, 1008, 1011, 3000, 3999, 4000, 4999 };
		int choice = random.nextInt(codes.length + 1);
		if (choice == codes.length) {
			end.closeTunnel();
		}
		else {
			end.closeTunnel(Frame.close(codes[choice], "x".repeat(random.nextInt(124))).payload());
		}
	}

	/**
	 * Sends messages in fragments, with pings between them.
	 */
	static void sendFragments(TunnelEnd end, Random random) {
		for (int message = 0; message < 4; message++) {
			List<byte[]> pieces = new ArrayList<>();
			List<byte[]> pings = new ArrayList<>();
			int last = 1 + random.nextInt(5);
			for (int i = 0; i <= last; i++) {
				pieces.add(bytes(random, random.nextInt(SMALL)));
				end.send(first(i, last), pieces.get(i));
				if (random.nextBoolean()) {
					pings.add(bytes(random, random.nextInt(126)));
					end.send(TunnelEnd.PING, pings.get(pings.size() - 1));
				}
			}
			readFragments(end, pieces, pings);
		}
		close(end, random);
	}

	private static void readFragments(TunnelEnd end, List<byte[]> pieces, List<byte[]> pings) {
		int last = pieces.size() - 1;
		int piece = 0;
		int pong = 0;
		while (piece <= last || pong < pings.size()) {
			Frame frame = end.readAnsweringPings();
			if (frame.first() == TunnelEnd.PONG) {
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
	 * Asks for more bytes than the buffers hold, and reads them slowly.
	 */
	static void readBlocksSlowly(TunnelEnd end, Random random) {
		end.wire().receiveBuffer(PIECE);
		end.send(TunnelEnd.TEXT);
		pause(200);
		for (int i = 0; i < PIECES; i++) {
			pause(3);
			assertThat(end.readEcho(TunnelEnd.BINARY, piece(i))).isNull();
		}
		close(end, random);
	}

	/**
	 * Waits for a request, sends the bytes that {@link #readBlocksSlowly} expects, and
	 * then echoes.
	 */
	static void sendBlocks(TunnelEnd end, Random random) {
		end.readAnsweringPings();
		for (int i = 0; i < PIECES; i++) {
			end.send(TunnelEnd.BINARY, piece(i));
		}
		echo(end, random);
	}

	private static byte[] piece(int number) {
		byte[] piece = new byte[PIECE];
		Arrays.fill(piece, (byte) number);
		return piece;
	}

	/**
	 * Sends nothing but pongs for three pings of the gateway, and then closes the tunnel.
	 */
	static void answerPings(TunnelEnd end, Random random) {
		for (int i = 0; i < 3; i++) {
			Frame ping = end.readFrame();
			assertThat(ping.first()).isEqualTo(TunnelEnd.PING);
			end.send(TunnelEnd.PONG, ping.payload());
		}
		close(end, random);
	}

	/**
	 * Sends one message, and then waits for a close frame.
	 */
	static void fallSilent(TunnelEnd end, Random random) {
		Frame close = exchangeMessages(end, random, 1, SMALL);
		if (close != null) {
			end.answerClose(close);
		}
		else {
			end.awaitClose();
		}
	}

	static void pause(int millis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
