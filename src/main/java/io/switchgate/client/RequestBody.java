package io.switchgate.client;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.internal.StringUtil;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Follows the body of a request (RFC 9112, section 6) only to find its end. It refuses
 * nothing: the decoder finds malformed bodies, and the gate refuses a request whose end
 * the decoder sees elsewhere.
 */
final class RequestBody {

	/**
	 * What the next byte belongs to.
	 */
	private enum Part {

		SIZE, EXTENSION, DATA, DATA_END, LINE, LAST_LINE, TRAILER, END

	}

	private boolean chunked;

	private Part part = Part.END;

	/**
	 * Bytes of data that are still to come, in this chunk or in the whole body.
	 */
	private long left;

	/**
	 * Starts with the body of the next request, whose head the decoder has read.
	 */
	void begin(HttpRequest request) {
		this.chunked = HttpUtil.isTransferEncodingChunked(request);
		this.left = this.chunked ? 0 : HttpUtil.getContentLength(request, 0L);
		this.part = this.chunked ? Part.SIZE : (this.left > 0) ? Part.DATA : Part.END;
	}

	/**
	 * Reads the next bytes. The last byte of a chunked body is handed over alone, so that
	 * the gate can compare both ends before the decoder sees another byte.
	 * @param input next bytes; its reader index stays
	 * @return how many of them the decoder may see at once
	 */
	int scan(ByteBuf input) {
		int from = input.readerIndex();
		int i = from;
		while (i < input.writerIndex() && this.part != Part.END) {
			if (this.part == Part.DATA) {
				i += skip(input.writerIndex() - i);
				continue;
			}
			byte b = input.getByte(i);
			boolean last = this.part == Part.LAST_LINE && b == HttpConstants.LF;
			if (last && i > from) {
				return i - from;
			}
			this.part = last ? Part.END : next(b);
			i++;
		}
		return i - from;
	}

	/**
	 * Returns whether the last byte has come.
	 */
	boolean hasEnded() {
		return this.part == Part.END;
	}

	/**
	 * Returns the problem for a body whose end the decoder sees elsewhere.
	 */
	static ProblemException endUnclear() {
		return new ProblemException(ProblemCause.LENGTH_AMBIGUOUS,
				"A body that may end in two places (expected: chunks as in RFC 9112, section 7.1)");
	}

	private int skip(int bytes) {
		int data = (int) Math.min(this.left, bytes);
		this.left -= data;
		if (this.left == 0) {
			this.part = this.chunked ? Part.DATA_END : Part.END;
		}
		return data;
	}

	private Part next(byte b) {
		if (this.part == Part.LINE) {
			return (b == HttpConstants.CR) ? Part.LAST_LINE : Part.TRAILER;
		}
		if (b == HttpConstants.LF) {
			return nextLine();
		}
		return switch (this.part) {
			case SIZE -> digit(b);
			case LAST_LINE -> Part.TRAILER;
			default -> this.part;
		};
	}

	private Part nextLine() {
		return switch (this.part) {
			case SIZE, EXTENSION -> (this.left == 0) ? Part.LINE : Part.DATA;
			case DATA_END -> Part.SIZE;
			default -> Part.LINE;
		};
	}

	private Part digit(byte b) {
		int digit = StringUtil.decodeHexNibble(b);
		if (digit == -1) {
			return Part.EXTENSION;
		}
		this.left = Math.min(this.left * 16 + digit, Integer.MAX_VALUE);
		return Part.SIZE;
	}

}
