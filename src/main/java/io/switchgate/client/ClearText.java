package io.switchgate.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;

/**
 * Looks at the first byte of a connection in front of TLS. HTTP begins with a letter, and
 * its client gets a plain HTTP answer. A TLS record does not begin with one (RFC 8446,
 * section 5.1).
 */
final class ClearText extends ChannelInboundHandlerAdapter {

	private final Problems problems;

	private final TlsFailures failures;

	ClearText(Problems problems, TlsFailures failures) {
		this.problems = problems;
		this.failures = failures;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof ByteBuf bytes) || !bytes.isReadable()) {
			ctx.fireChannelRead(msg);
			return;
		}
		if (isLetter(bytes.getByte(bytes.readerIndex()))) {
			bytes.release();
			ctx.pipeline()
				.replace(this, null,
						new Refusal(
								this.problems
									.lastAnswer(
											new ProblemException(ProblemCause.TLS_EXPECTED,
													ProblemCause.TLS_EXPECTED.title()
															+ " (expected: https or wss in the address)")),
								Refusal.BRIEF));
			return;
		}
		this.failures.begin();
		ctx.pipeline().remove(this);
		ctx.fireChannelRead(msg);
	}

	private static boolean isLetter(byte b) {
		return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
	}

}
