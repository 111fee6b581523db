package io.switchgate.load;

import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

/**
 * Point of a handshake or a tunnel at which one end resets its connection.
 */
enum ResetPoint {

	CLIENT_IN_HEAD, CLIENT_BEFORE_ANSWER, CLIENT_AFTER_ANSWER, CLIENT_IN_FRAME, CLIENT_WHILE_READING,

	UPSTREAM_IN_HEAD, UPSTREAM_BEFORE_ANSWER, UPSTREAM_IN_ANSWER, UPSTREAM_AFTER_ANSWER, UPSTREAM_IN_FRAME;

	private static final byte[] SWITCHED = Wire.crlf(Handshakes.SWITCHED);

	private static final byte[] FRAME = Frame.binary(new byte[20_000]).bytes();

	private static final byte[] MASKED_FRAME = Frame.binary(new byte[20_000]).mask().bytes();

	private static final int MAX_PAUSE_NANOS = 2_000_000;

	/**
	 * Acts as the client. The path of the request names the reset point for the upstream.
	 */
	void runClient(int port, Random random) {
		byte[] request = Wire.crlf(Handshakes.request(GatewayProcess.PATH + "/" + this));
		try (Wire wire = Wire.connect(port)) {
			switch (this) {
				case CLIENT_IN_HEAD -> wire.send(request, 0, random.nextInt(request.length));
				case CLIENT_BEFORE_ANSWER -> wire.send(request);
				case CLIENT_AFTER_ANSWER -> wire.send(request).head();
				case CLIENT_IN_FRAME -> {
					wire.send(request).head();
					sendPart(wire, MASKED_FRAME, random);
				}
				case CLIENT_WHILE_READING -> {
					wire.send(request).head();
					wire.read(1 + random.nextInt(FRAME.length - 1));
				}
				default -> awaitEndOfTunnel(wire.send(request));
			}
			reset(wire, random);
		}
		catch (UncheckedIOException ex) {
			// The gateway has closed the connection before.
		}
	}

	private static void awaitEndOfTunnel(Wire wire) {
		// The gateway keeps the connection open after a refusal.
		if (wire.head().startsWith("HTTP/1.1 101 ")) {
			wire.awaitEnd();
		}
	}

	static void runUpstream(Wire wire, Random random) {
		try (wire) {
			wire.text("GET /ws/".length());
			StringBuilder name = new StringBuilder();
			for (String letter = wire.text(1); !letter.equals(" "); letter = wire.text(1)) {
				name.append(letter);
			}
			valueOf(name.toString()).answer(wire, random);
		}
		catch (UncheckedIOException ex) {
			// The gateway has closed the connection before.
		}
	}

	private void answer(Wire wire, Random random) {
		if (this != UPSTREAM_IN_HEAD) {
			wire.head();
		}
		switch (this) {
			case UPSTREAM_IN_ANSWER -> sendPart(wire, SWITCHED, random);
			case CLIENT_AFTER_ANSWER, CLIENT_IN_FRAME, UPSTREAM_AFTER_ANSWER -> wire.send(SWITCHED);
			case CLIENT_WHILE_READING -> wire.send(SWITCHED).send(FRAME);
			case UPSTREAM_IN_FRAME -> sendPart(wire.send(SWITCHED), FRAME, random);
			default -> {
			}
		}
		if (name().startsWith("UPSTREAM")) {
			reset(wire, random);
		}
		else {
			wire.awaitEnd();
		}
	}

	private static void sendPart(Wire wire, byte[] bytes, Random random) {
		wire.send(bytes, 0, 1 + random.nextInt(bytes.length - 1));
	}

	private static void reset(Wire wire, Random random) {
		// Half of the resets come at once, while what was sent is still on its way.
		if (random.nextBoolean()) {
			LockSupport.parkNanos(random.nextInt(MAX_PAUSE_NANOS));
		}
		wire.reset();
	}

}
