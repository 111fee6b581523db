package io.switchgate.tunnel;

import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.FrameHeader;
import io.switchgate.websocket.Opcode;

/**
 * Checks the frames of one end by their headers.
 */
final class FrameRules {

	private final Direction sent;

	private final TunnelLimits limits;

	private final boolean extended;

	private long messageBytes;

	private boolean fragmented;

	private @Nullable TokenBucket pings;

	/**
	 * Creates rules for one end.
	 * @param sent way of the frames
	 * @param extended whether an extension was accepted, which may use reserved bits and
	 * kinds of frames
	 */
	FrameRules(Direction sent, TunnelLimits limits, boolean extended) {
		this.sent = sent;
		this.limits = limits;
		this.extended = extended;
	}

	/**
	 * Checks a frame.
	 * @param length bytes of its payload, negative if the top bit of the length is set
	 * @return the rule that it breaks, or null
	 */
	@Nullable Breach judge(FrameHeader header, long length) {
		String error = switch (this.limits.mode()) {
			case TRANSPARENT -> null;
			case LENIENT -> framingError(header, length);
			case STRICT -> strictError(header, length);
		};
		if (error != null) {
			return Breach.protocol(this.sent, error);
		}
		return header.isControl() ? judgePing(header) : judgeSize(header, length);
	}

	/**
	 * Returns the bytes of the message in progress, over the frames that were checked.
	 */
	long messageBytes() {
		return this.messageBytes;
	}

	private static @Nullable String framingError(FrameHeader header, long length) {
		if (length < 0) {
			return "Length with its top bit set";
		}
		return header.isBrokenControl() ? "Control frame in pieces or over 125 bytes" : null;
	}

	/**
	 * Finds violations of RFC 6455, sections 5.1, 5.2 and 5.4.
	 */
	private @Nullable String strictError(FrameHeader header, long length) {
		String error = framingError(header, length);
		if (error != null) {
			return error;
		}
		if (header.isMasked() != (this.sent == Direction.TO_UPSTREAM)) {
			return header.isMasked() ? "Masked frame of the upstream" : "Unmasked frame of the client";
		}
		if (!this.extended && (header.isReserved() || Opcode.isReserved(header.opcode()))) {
			return "Reserved bit or opcode without an extension";
		}
		if (header.isControl()) {
			return null;
		}
		boolean continues = header.opcode() == Opcode.CONTINUATION;
		return (continues != this.fragmented)
				? (continues ? "Continuation of no message" : "Message inside another message") : null;
	}

	private @Nullable Breach judgeSize(FrameHeader header, long length) {
		this.fragmented = !header.isFinal();
		long before = (header.opcode() == Opcode.CONTINUATION) ? this.messageBytes : 0;
		long limit = this.limits.messageSize().toBytes();
		if (limit > 0 && length > limit - before) {
			return Breach.messageSize(this.sent, limit);
		}
		this.messageBytes = before + length;
		return null;
	}

	private @Nullable Breach judgePing(FrameHeader header) {
		int limit = this.limits.pingsPerSecond();
		boolean ping = header.opcode() == Opcode.PING || header.opcode() == Opcode.PONG;
		if (!ping || limit == 0 || this.limits.mode() == FrameMode.TRANSPARENT) {
			return null;
		}
		if (this.pings == null) {
			this.pings = new TokenBucket(limit);
		}
		this.pings.take(1);
		return (this.pings.debtNanos() > 0) ? Breach.pings(this.sent, limit) : null;
	}

}
