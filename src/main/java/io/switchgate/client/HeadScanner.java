package io.switchgate.client;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Checks the bytes of a request head against the grammar of RFC 9112, sections 2 to 5,
 * without the leniency that it allows: what two parsers could read differently is an
 * error. It keeps only counts, not the head, so the result does not depend on how the
 * bytes are split into reads.
 */
final class HeadScanner {

	/**
	 * Start of the version; the minor version follows.
	 */
	private static final String VERSION = "HTTP/1.";

	private static final int MAJOR_VERSION = VERSION.indexOf('1');

	private static final byte[] HTTP2_PREFACE = { 'P', 'R', 'I', ' ', '*', ' ', 'H', 'T', 'T', 'P', '/', '2' };

	private final int maxBytes;

	private final int maxFields;

	private final boolean underscores;

	private HeadPart part = HeadPart.START;

	private int bytes;

	private int fields;

	private int prefaceBytes;

	private int versionBytes;

	HeadScanner(int maxBytes, int maxFields, boolean underscores) {
		this.maxBytes = maxBytes;
		this.maxFields = maxFields;
		this.underscores = underscores;
	}

	/**
	 * Reads the next bytes of the head.
	 * @param input next bytes; its reader index stays
	 * @return how many of them belong to the head if it is complete, or -1
	 * @throws ProblemException if it is no head of HTTP/1.0 or HTTP/1.1
	 */
	int scan(ByteBuf input) {
		for (int i = input.readerIndex(); i < input.writerIndex(); i++) {
			take(input.getByte(i) & 0xFF);
			if (this.part == HeadPart.END) {
				reset();
				return i + 1 - input.readerIndex();
			}
		}
		return -1;
	}

	/**
	 * Returns whether at least one byte of the head has arrived.
	 */
	boolean hasBegun() {
		return this.bytes > 0;
	}

	/**
	 * Returns whether the bytes so far begin an HTTP/2 connection with prior knowledge
	 * (RFC 9113, section 3.4).
	 */
	boolean isHttp2Preface() {
		return this.prefaceBytes == HTTP2_PREFACE.length;
	}

	private void reset() {
		this.part = HeadPart.START;
		this.bytes = 0;
		this.fields = 0;
		this.prefaceBytes = 0;
		this.versionBytes = 0;
	}

	private void take(int b) {
		if (this.prefaceBytes == this.bytes && this.bytes < HTTP2_PREFACE.length
				&& HTTP2_PREFACE[this.prefaceBytes] == b) {
			this.prefaceBytes++;
		}
		this.bytes++;
		checkSize();
		HeadPart next = this.part.next(b);
		if (next == HeadPart.VERSION && this.part == HeadPart.VERSION) {
			checkVersion(b);
		}
		if (next == HeadPart.REQUEST_LINE_END) {
			checkVersionIsComplete();
		}
		if (next == HeadPart.NAME) {
			checkName(b);
		}
		this.part = next;
	}

	private void checkSize() {
		if (this.bytes > this.maxBytes) {
			boolean line = this.part.ordinal() <= HeadPart.VERSION.ordinal();
			throw new ProblemException(line ? ProblemCause.REQUEST_LINE_TOO_LONG : ProblemCause.HEAD_TOO_LARGE,
					"More than " + this.maxBytes + " bytes (expected: at most that many)");
		}
	}

	/**
	 * Checks {@code HTTP-version} (RFC 9112, section 2.3).
	 */
	private void checkVersion(int b) {
		int at = this.versionBytes++;
		boolean expected = (at < VERSION.length()) ? b == VERSION.charAt(at)
				: at == VERSION.length() && (b == '0' || b == '1');
		if (!expected && (at == MAJOR_VERSION || at == VERSION.length()) && Character.isDigit(b)) {
			throw new ProblemException(ProblemCause.HTTP_VERSION_UNSUPPORTED,
					"Another version of HTTP (expected: HTTP/1.1)");
		}
		HeadPart.VERSION.require(expected, b);
	}

	private void checkVersionIsComplete() {
		HeadPart.VERSION.require(this.versionBytes > VERSION.length(), HttpConstants.CR);
	}

	private void checkName(int b) {
		if (this.part == HeadPart.FIELD_START && ++this.fields > this.maxFields) {
			throw tooManyFields(this.maxFields);
		}
		if (b == '_' && !this.underscores) {
			throw underscore();
		}
	}

	static ProblemException tooSlow(Duration most) {
		return new ProblemException(ProblemCause.HEAD_TIMEOUT,
				"A request head longer than " + most.toMillis() + " ms under way (expected: at most that long)");
	}

	static ProblemException tooManyFields(int most) {
		return new ProblemException(ProblemCause.HEAD_TOO_LARGE,
				"More than " + most + " fields (expected: at most that many)");
	}

	static ProblemException underscore() {
		return new ProblemException(ProblemCause.REQUEST_MALFORMED,
				"Underscore in the name of a header (expected: a hyphen)");
	}

}
