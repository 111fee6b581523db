package io.switchgate.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;
import io.switchgate.tunnel.CloseCause;
import io.switchgate.websocket.ControlFrame;
import io.switchgate.websocket.Opcode;

/**
 * Exchanges frames through a tunnel: a ping, a message, and the closing handshake.
 */
final class Conversation {

	/**
	 * Longest wait for an answer that the server need not send.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final String ANYTHING = "switchgate probe";

	private static final int NORMAL = 1000;

	private static final int NO_CODE = 1005;

	private static final int NO_CLOSE = 1006;

	private static final int ROOM = 64;

	private final Connection connection;

	private final Steps steps;

	private final BlockingQueue<Incoming> incoming = new ArrayBlockingQueue<>(ROOM);

	private final long begun = System.nanoTime();

	private final byte[] ping = new byte[Long.BYTES];

	private int greetings;

	private @Nullable Incoming last;

	private Duration lifetime = Duration.ZERO;

	Conversation(Connection connection, Steps steps) {
		this.connection = connection;
		this.steps = steps;
		ThreadLocalRandom.current().nextBytes(this.ping);
	}

	/**
	 * Sends a ping, a message and a close frame, and waits for the answer to each.
	 * @param message message that the server must answer, or null to send one that it may
	 * ignore
	 * @param extended whether the handshake accepted an extension
	 */
	Talk hold(@Nullable String message, boolean extended) {
		FrameReader reader = new FrameReader(this.connection.input(), extended);
		this.steps.beside(() -> read(reader));
		Duration timeout = this.steps.timeout();
		Duration patience = (timeout.compareTo(PATIENCE) < 0) ? timeout : PATIENCE;
		Duration pong = exchange("pong", Opcode.PING, this.ping, patience) ? this.steps.times().get("pong") : null;
		int greetings = this.greetings;
		byte[] text = Objects.requireNonNullElse(message, ANYTHING).getBytes(StandardCharsets.UTF_8);
		Duration most = (message != null) ? timeout : patience;
		boolean answered = exchange("message", Opcode.TEXT, text, most);
		String reply = answered ? Objects.requireNonNull(this.last).text() : null;
		String closed = isOver() ? null : close(patience);
		String reason = (closed == null && this.last != null) ? this.last.text() : "";
		return new Talk(pong, greetings, reply, (closed != null) ? null : ending(), reason, closed, message != null,
				most);
	}

	private void read(FrameReader reader) {
		try {
			Incoming next;
			do {
				next = reader.next();
				this.incoming.put(next);
			}
			while (!next.kind().isEnd());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isOver() {
		return this.last != null && this.last.kind().isEnd();
	}

	/**
	 * Sends a frame and waits for its answer, or for the end of the tunnel.
	 */
	private boolean exchange(String name, int opcode, byte[] payload, Duration most) {
		if (isOver()) {
			return false;
		}
		long start = System.nanoTime();
		send(opcode, payload);
		Incoming.Kind wanted = (opcode == Opcode.PING) ? Incoming.Kind.PONG : Incoming.Kind.MESSAGE;
		while (receive(start + most.toNanos())) {
			Incoming came = Objects.requireNonNull(this.last);
			if (came.kind() == wanted && (wanted == Incoming.Kind.MESSAGE || Arrays.equals(came.payload(), payload))) {
				this.steps.note(name, Duration.ofNanos(System.nanoTime() - start));
				return true;
			}
			if (came.kind() == Incoming.Kind.MESSAGE) {
				this.greetings++;
			}
		}
		return false;
	}

	/**
	 * Waits for the next message or frame, and answers it if necessary.
	 * @return whether something other than the end arrived in time
	 */
	private boolean receive(long deadline) {
		Incoming next = poll(deadline - System.nanoTime());
		if (next == null) {
			return false;
		}
		this.last = next;
		if (next.kind() == Incoming.Kind.PING) {
			send(Opcode.PONG, next.payload());
		}
		if (next.kind() == Incoming.Kind.CLOSE) {
			// Answer with the same code (RFC 6455, section 5.5.1).
			byte[] code = (next.code() == NO_CODE) ? new byte[0] : ControlFrame.close(next.code(), "").payload();
			this.lifetime = Duration.ofNanos(System.nanoTime() - this.begun);
			send(Opcode.CLOSE, code);
		}
		else if (next.kind().isEnd()) {
			this.lifetime = Duration.ofNanos(System.nanoTime() - this.begun);
		}
		return !next.kind().isEnd();
	}

	private @Nullable Incoming poll(long nanos) {
		try {
			return this.incoming.poll(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Sends a frame. If the connection is broken, the reading thread will find that out.
	 */
	private void send(int opcode, byte[] payload) {
		try {
			this.steps.bound(() -> {
				this.connection.send(new Outgoing(opcode, payload).bytes());
				return this;
			});
		}
		catch (IOException | ProbeException ex) {
			// The reading thread reports the error in more detail.
		}
	}

	private String close(Duration most) {
		ControlFrame close = ControlFrame.close(NORMAL, "");
		send(close.opcode(), close.payload());
		long deadline = System.nanoTime() + most.toNanos();
		while (receive(deadline)) {
			// Messages that were sent before the close do not matter any more.
		}
		if (!isOver()) {
			return "no answer to the close frame within " + Times.text(most);
		}
		Incoming end = Objects.requireNonNull(this.last);
		return (end.kind() == Incoming.Kind.CLOSE) ? "closed with " + end.code()
				: "closed with 1000, answered by the end of the connection without a close frame";
	}

	private HandshakeRecord.@Nullable Ending ending() {
		Incoming end = this.last;
		if (end == null || !end.kind().isEnd()) {
			return null;
		}
		CloseCause cause = switch (end.kind()) {
			case CLOSE -> CloseCause.UPSTREAM_CLOSE;
			case FIN -> CloseCause.UPSTREAM_FIN;
			case BROKEN -> CloseCause.UPSTREAM_PROTOCOL;
			default -> CloseCause.UPSTREAM_RESET;
		};
		return new HandshakeRecord.Ending(cause, (end.code() != 0) ? end.code() : NO_CLOSE, this.lifetime);
	}

}
