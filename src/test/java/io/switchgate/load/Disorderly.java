package io.switchgate.load;

import java.util.List;
import java.util.Random;

import io.switchgate.fixture.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts of ends that break off, break rules, or do not answer.
 */
final class Disorderly {

	private static final int TOO_MUCH = 30_000;

	private static final int MANY = 200;

	private static final List<Integer> BROKEN = List.of(0xc1, 0x83, 0x80, 0x09, 0x8b, 0xa2);

	private Disorderly() {
	}

	/**
	 * Takes nothing until it is too late.
	 */
	static void takeNothing(Speaker end, Random random) {
		end.wire().receiveBuffer(4096);
		end.say(Speaker.TEXT);
		Orderly.pause(2_000);
		end.wire().awaitEnd();
	}

	/**
	 * Answers no ping, and a close frame only sometimes.
	 */
	static void answerNoPing(Speaker end, Random random) {
		Frame frame = end.listen();
		while (!frame.isClose()) {
			frame = end.listen();
		}
		if (random.nextBoolean()) {
			end.answer(frame);
		}
		else {
			end.wire().awaitEnd();
		}
	}

	/**
	 * Sends a message over 20,000 bytes, in one or in more frames.
	 */
	static void sendTooMuch(Speaker end, Random random) {
		if (end.isClient()) {
			assertThat(Orderly.converse(end, random, random.nextInt(4), TOO_MUCH / 2)).isNull();
		}
		if (random.nextBoolean()) {
			end.say(Speaker.BINARY, new byte[TOO_MUCH]);
		}
		else {
			end.say(Speaker.BINARY & 0x0f, new byte[TOO_MUCH / 2]);
			end.say(0x80, new byte[TOO_MUCH / 2]);
		}
		end.awaitClose();
	}

	/**
	 * Sends one message after the other.
	 */
	static void flood(Speaker end, Random random) {
		flood(end, Speaker.TEXT, random.nextInt(100));
	}

	static void floodWithPings(Speaker end, Random random) {
		flood(end, Speaker.PING, random.nextInt(100));
	}

	private static void flood(Speaker end, int first, int size) {
		for (int i = 0; i < MANY; i++) {
			end.say(first, new byte[size]);
		}
		end.awaitClose();
	}

	/**
	 * Sends a frame that RFC 6455 forbids.
	 */
	static void breakProtocol(Speaker end, Random random) {
		if (end.isClient()) {
			assertThat(Orderly.converse(end, random, random.nextInt(4), random.nextInt(100))).isNull();
		}
		int choice = random.nextInt(BROKEN.size() + 1);
		if (choice == BROKEN.size()) {
			Frame frame = Frame.text("x");
			end.wire().send((end.isClient() ? frame : frame.mask()).bytes());
		}
		else {
			end.say(BROKEN.get(choice), new byte[random.nextInt(126)]);
		}
		end.awaitClose();
	}

	/**
	 * Resets the connection anywhere.
	 */
	static void reset(Speaker end, Random random) {
		if (end.isClient()) {
			assertThat(Orderly.converse(end, random, random.nextInt(10), random.nextInt(2000))).isNull();
		}
		else {
			assertThat(Orderly.echo(end, random.nextInt(10))).isNull();
		}
		byte[] frame = new Frame(Speaker.BINARY, end.isClient(), new byte[random.nextInt(TOO_MUCH)]).bytes();
		end.wire().send(frame, 0, random.nextInt(frame.length));
		if (random.nextBoolean()) {
			Orderly.pause(random.nextInt(10));
		}
		end.wire().reset();
	}

	/**
	 * Sends some messages and a FIN, and still hears what comes back.
	 */
	static void endOutput(Speaker end, Random random) {
		int messages = random.nextInt(10);
		byte[] payload = new byte[random.nextInt(2000)];
		for (int i = 0; i < messages; i++) {
			end.say(Speaker.TEXT, payload);
		}
		end.wire().fin();
		for (int i = 0; i < messages; i++) {
			assertThat(end.hearEcho(Speaker.TEXT, payload)).isNull();
		}
		end.wire().awaitEnd();
	}

	/**
	 * Returns each frame, and the FIN.
	 */
	static void echoUntilFin(Speaker end, Random random) {
		for (Frame frame = end.hearOrEnd(); frame != null; frame = end.hearOrEnd()) {
			end.say(frame.first(), frame.payload());
		}
		end.wire().fin();
		end.wire().awaitEnd();
	}

}
