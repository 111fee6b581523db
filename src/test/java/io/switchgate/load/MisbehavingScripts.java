package io.switchgate.load;

import java.util.List;
import java.util.Random;

import io.switchgate.fixture.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scripts of clients and upstreams that break the protocol or a limit, do not answer, or
 * end their connection without a close frame.
 */
final class MisbehavingScripts {

	private static final int TOO_MUCH = 30_000;

	private static final int MANY = 200;

	private static final List<Integer> BROKEN = List.of(0xc1, 0x83, 0x80, 0x09, 0x8b, 0xa2);

	private MisbehavingScripts() {
	}

	/**
	 * Reads nothing until the gateway has closed the tunnel as stalled.
	 */
	static void takeNothing(TunnelEnd end, Random random) {
		end.wire().receiveBuffer(4096);
		end.send(TunnelEnd.TEXT);
		WellBehavedScripts.pause(2_000);
		end.wire().awaitEnd();
	}

	/**
	 * Answers no ping, and the close frame only sometimes.
	 */
	static void answerNoPing(TunnelEnd end, Random random) {
		Frame frame = end.readFrame();
		while (!frame.isClose()) {
			frame = end.readFrame();
		}
		if (random.nextBoolean()) {
			end.answerClose(frame);
		}
		else {
			end.wire().awaitEnd();
		}
	}

	/**
	 * Sends a message of more than 20,000 bytes, in one frame or in two.
	 */
	static void sendTooMuch(TunnelEnd end, Random random) {
		if (end.isClient()) {
			assertThat(WellBehavedScripts.exchangeMessages(end, random, random.nextInt(4), TOO_MUCH / 2)).isNull();
		}
		if (random.nextBoolean()) {
			end.send(TunnelEnd.BINARY, new byte[TOO_MUCH]);
		}
		else {
			end.send(TunnelEnd.BINARY & 0x0f, new byte[TOO_MUCH / 2]);
			end.send(0x80, new byte[TOO_MUCH / 2]);
		}
		end.awaitClose();
	}

	/**
	 * Sends messages without waiting for their echoes.
	 */
	static void flood(TunnelEnd end, Random random) {
		flood(end, TunnelEnd.TEXT, random.nextInt(100));
	}

	static void floodWithPings(TunnelEnd end, Random random) {
		flood(end, TunnelEnd.PING, random.nextInt(100));
	}

	private static void flood(TunnelEnd end, int first, int size) {
		for (int i = 0; i < MANY; i++) {
			end.send(first, new byte[size]);
		}
		end.awaitClose();
	}

	/**
	 * Sends a frame that RFC 6455 forbids.
	 */
	static void breakProtocol(TunnelEnd end, Random random) {
		if (end.isClient()) {
			assertThat(WellBehavedScripts.exchangeMessages(end, random, random.nextInt(4), random.nextInt(100)))
				.isNull();
		}
		int choice = random.nextInt(BROKEN.size() + 1);
		if (choice == BROKEN.size()) {
			Frame frame = Frame.text("x");
			end.wire().send((end.isClient() ? frame : frame.mask()).bytes());
		}
		else {
			end.send(BROKEN.get(choice), new byte[random.nextInt(126)]);
		}
		end.awaitClose();
	}

	/**
	 * Resets the connection in the middle of a frame.
	 */
	static void reset(TunnelEnd end, Random random) {
		if (end.isClient()) {
			assertThat(WellBehavedScripts.exchangeMessages(end, random, random.nextInt(10), random.nextInt(2000)))
				.isNull();
		}
		else {
			assertThat(WellBehavedScripts.echo(end, random.nextInt(10))).isNull();
		}
		byte[] frame = new Frame(TunnelEnd.BINARY, end.isClient(), new byte[random.nextInt(TOO_MUCH)]).bytes();
		end.wire().send(frame, 0, random.nextInt(frame.length));
		if (random.nextBoolean()) {
			WellBehavedScripts.pause(random.nextInt(10));
		}
		end.wire().reset();
	}

	/**
	 * Sends some messages and a FIN, and then reads the echoes.
	 */
	static void endOutput(TunnelEnd end, Random random) {
		int messages = random.nextInt(10);
		byte[] payload = new byte[random.nextInt(2000)];
		for (int i = 0; i < messages; i++) {
			end.send(TunnelEnd.TEXT, payload);
		}
		end.wire().fin();
		for (int i = 0; i < messages; i++) {
			assertThat(end.readEcho(TunnelEnd.TEXT, payload)).isNull();
		}
		end.wire().awaitEnd();
	}

	/**
	 * Sends each frame back, and answers a FIN with a FIN.
	 */
	static void echoUntilFin(TunnelEnd end, Random random) {
		for (Frame frame = end.readUnlessEnded(); frame != null; frame = end.readUnlessEnded()) {
			end.send(frame.first(), frame.payload());
		}
		end.wire().fin();
		end.wire().awaitEnd();
	}

}
