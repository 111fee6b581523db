package io.switchgate.client;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Part of a request head to which the next byte belongs (RFC 9112, sections 2 to 5).
 */
enum HeadPart {

	/**
	 * No byte has arrived yet.
	 */
	START("the start of a request") {
		@Override
		HeadPart next(int b) {
			return (b == CR) ? EMPTY_LINE : METHOD_START.next(b);
		}
	},

	/**
	 * The empty line that a client may send before a request (RFC 9112, section 2.2).
	 */
	EMPTY_LINE("the empty line before a request") {
		@Override
		HeadPart next(int b) {
			require(b == LF, b);
			return METHOD_START;
		}
	},

	/**
	 * After that empty line.
	 */
	METHOD_START("the start of a request") {
		@Override
		HeadPart next(int b) {
			require(isToken(b), b);
			return METHOD;
		}
	},

	METHOD("the method") {
		@Override
		HeadPart next(int b) {
			require(b == ' ' || isToken(b), b);
			return (b == ' ') ? TARGET_START : METHOD;
		}
	},

	/**
	 * First byte of the request target.
	 */
	TARGET_START("the request target") {
		@Override
		HeadPart next(int b) {
			require(isTarget(b), b);
			return TARGET;
		}
	},

	TARGET("the request target") {
		@Override
		HeadPart next(int b) {
			require(b == ' ' || isTarget(b), b);
			return (b == ' ') ? VERSION : TARGET;
		}
	},

	VERSION("the version of HTTP") {
		@Override
		HeadPart next(int b) {
			return (b == CR) ? REQUEST_LINE_END : VERSION;
		}
	},

	/**
	 * CR after the request line.
	 */
	REQUEST_LINE_END("the end of the request line") {
		@Override
		HeadPart next(int b) {
			require(b == LF, b);
			return FIELD_START;
		}
	},

	/**
	 * First byte of a line, which must not be a folded one (RFC 9112, section 5.2).
	 */
	FIELD_START("the start of a header line") {
		@Override
		HeadPart next(int b) {
			require(b == CR || isToken(b), b);
			return (b == CR) ? EMPTY_LINE_END : NAME;
		}
	},

	/**
	 * Name of a header, up to its colon (RFC 9112, section 5.1).
	 */
	NAME("the name of a header") {
		@Override
		HeadPart next(int b) {
			require(b == ':' || isToken(b), b);
			return (b == ':') ? VALUE : NAME;
		}
	},

	/**
	 * Value of a header (RFC 9110, section 5.5).
	 */
	VALUE("the value of a header") {
		@Override
		HeadPart next(int b) {
			require(b == CR || b == '\t' || (b >= ' ' && b != DEL), b);
			return (b == CR) ? FIELD_END : VALUE;
		}
	},

	/**
	 * CR after a header line.
	 */
	FIELD_END("the end of a header line") {
		@Override
		HeadPart next(int b) {
			require(b == LF, b);
			return FIELD_START;
		}
	},

	/**
	 * CR of the empty line after the headers.
	 */
	EMPTY_LINE_END("the end of the headers") {
		@Override
		HeadPart next(int b) {
			require(b == LF, b);
			return END;
		}
	},

	END("the end of the head") {
		@Override
		HeadPart next(int b) {
			throw new IllegalStateException("The head is complete");
		}
	};

	private static final int CR = '\r';

	private static final int LF = '\n';

	private static final int DEL = 0x7F;

	private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

	/**
	 * No URI may contain these. Browsers send other characters that no URI may contain;
	 * those pass here and are encoded later.
	 */
	private static final String NO_TARGET = "\"<>#";

	private final String name;

	HeadPart(String name) {
		this.name = name;
	}

	/**
	 * Returns the part to which the byte after this one belongs.
	 * @param b byte, 0 to 255
	 * @throws ProblemException if this byte must not stand here
	 */
	abstract HeadPart next(int b);

	void require(boolean condition, int b) {
		if (!condition) {
			throw new ProblemException(ProblemCause.REQUEST_MALFORMED,
					String.format("Byte 0x%02X in %s (expected: as in RFC 9112)", b, this.name));
		}
	}

	/**
	 * Returns whether this is a {@code tchar} (RFC 9110, section 5.6.2).
	 */
	private static boolean isToken(int b) {
		return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9')
				|| TOKEN_MARKS.indexOf(b) != -1;
	}

	private static boolean isTarget(int b) {
		return b > ' ' && b < DEL && NO_TARGET.indexOf(b) == -1;
	}

}
