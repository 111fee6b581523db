package io.switchgate.warmup;

import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * One side of a tunnel that follows the script.
 */
final class Side extends SimpleChannelInboundHandler<ByteBuf> {

	/**
	 * The four bytes that end a head, as a number.
	 */
	private static final int END_OF_HEAD = 0x0d0a0d0a;

	private final List<Script.Step> steps;

	private final boolean tls;

	private final Consumer<Boolean> ending;

	private int next;

	private int received;

	private int last;

	/**
	 * Creates a side.
	 * @param steps what it sends, and when
	 * @param tls whether its connection begins with a TLS handshake
	 * @param ending is told when its connection has closed, and whether the side has sent
	 * everything
	 */
	Side(List<Script.Step> steps, boolean tls, Consumer<Boolean> ending) {
		this.steps = steps;
		this.tls = tls;
		this.ending = ending;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (!this.tls) {
			send(context);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
			send(context);
		}
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
		if (this.next < this.steps.size() && this.steps.get(this.next).after() == Script.Step.HEAD) {
			while (bytes.isReadable() && this.last != END_OF_HEAD) {
				this.last = this.last << Byte.SIZE | bytes.readByte() & 0xff;
			}
			if (this.last != END_OF_HEAD) {
				return;
			}
			this.received = Script.Step.HEAD;
		}
		this.received += bytes.readableBytes();
		send(context);
	}

	private void send(ChannelHandlerContext context) {
		if (this.next < this.steps.size() && this.received == this.steps.get(this.next).after()) {
			this.received = 0;
			Script.Step step = this.steps.get(this.next++);
			ChannelFuture sent = context
				.writeAndFlush(context.alloc().buffer(step.bytes().length).writeBytes(step.bytes()));
			if (step.closes()) {
				sent.addListener(ChannelFutureListener.CLOSE);
			}
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.ending.accept(this.next == this.steps.size());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
