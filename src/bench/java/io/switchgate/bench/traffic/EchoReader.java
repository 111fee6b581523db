package io.switchgate.bench.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads what comes back to one client and compares it, byte by byte, with what it sent.
 */
final class EchoReader {

	private static final int MAX_CONTROL_PAYLOAD = 125;

	private final int client;

	private final int size;

	private final Listener listener;

	private final FrameHead head = new FrameHead();

	private final ByteBuf control = Unpooled.buffer(0, MAX_CONTROL_PAYLOAD);

	private boolean inPayload;

	private long payloadLeft;

	private long message;

	private int position;

	EchoReader(int client, int size, Listener listener) {
		this.client = client;
		this.size = size;
		this.listener = listener;
	}

	void read(ByteBuf in) {
		while (in.isReadable()) {
			if (this.inPayload || this.head.read(in)) {
				readPayload(in);
			}
		}
	}

	private void readPayload(ByteBuf in) {
		if (!this.inPayload) {
			begin();
		}
		int bytes = (int) Math.min(this.payloadLeft, in.readableBytes());
		this.payloadLeft -= bytes;
		if (this.head.isControl()) {
			this.control.writeBytes(in, bytes);
		}
		else {
			compare(in, this.position + bytes);
		}
		if (this.payloadLeft == 0) {
			end();
		}
	}

	private void begin() {
		this.inPayload = true;
		this.payloadLeft = this.head.payload();
		check(!this.head.isMasked(), "masked");
		if (this.head.isControl()) {
			check(this.payloadLeft <= MAX_CONTROL_PAYLOAD, "control frame of " + this.payloadLeft + " bytes");
		}
		else {
			check(this.position + this.payloadLeft <= this.size, "longer than it was");
		}
	}

	private void end() {
		boolean control = this.head.isControl();
		boolean last = this.head.isLast();
		int first = this.head.first();
		this.head.clear();
		this.inPayload = false;
		if (control) {
			this.listener.control(first, this.control);
			this.control.clear();
		}
		else if (last) {
			check(this.position == this.size, "shorter than it was");
			this.position = 0;
			this.message++;
			this.listener.echoed(this.message - 1);
		}
	}

	private void compare(ByteBuf in, int end) {
		long name = Payload.name(this.client, this.message);
		while (this.position < end) {
			if (this.position % Long.BYTES == 0 && end - this.position >= Long.BYTES) {
				long word = in.readLong();
				if (word != Payload.word(name, this.position / Long.BYTES)) {
					throw wrong(word);
				}
				this.position += Long.BYTES;
			}
			else {
				check(in.readByte() == Payload.byteAt(name, this.position), "wrong at byte " + this.position);
				this.position++;
			}
		}
	}

	private WrongEchoException wrong(long word) {
		String what = (this.position == 0) ? "not the next to come back but " + Payload.describe(word)
				: "wrong at byte " + this.position;
		return new WrongEchoException(describe(what));
	}

	private void check(boolean right, String otherwise) {
		if (!right) {
			throw new WrongEchoException(describe(otherwise));
		}
	}

	private String describe(String what) {
		return "echo of " + Payload.describe(Payload.name(this.client, this.message)) + " is " + what;
	}

	/**
	 * Learns what came back.
	 */
	interface Listener {

		/**
		 * Called when a message has come back as it was sent.
		 */
		void echoed(long message);

		/**
		 * Called for a control frame.
		 * @param payload bytes that are gone afterwards
		 */
		void control(int first, ByteBuf payload);

	}

}
