package io.switchgate.client;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseNotifier;

/**
 * Ends a connection with a last answer; nothing else is read or written. Closing at once
 * would reset a connection on which the client still sends, and the reset could destroy
 * the answer. So a FIN follows the answer, and this handler drops what the client still
 * sends until the client's FIN or for a limited time (RFC 9112, section 9.6).
 */
final class Refusal extends ChannelDuplexHandler {

	/**
	 * Time to linger for a client that has no request in progress.
	 */
	static final Duration BRIEF = Duration.ofSeconds(1);

	private final ByteBuf answer;

	private final Duration lingerTime;

	/**
	 * Creates a last answer.
	 * @param answer bytes still to be sent, possibly none
	 * @param lingerTime time for the client's FIN
	 */
	Refusal(ByteBuf answer, Duration lingerTime) {
		this.answer = answer;
		this.lingerTime = lingerTime;
	}

	/**
	 * Sends the answer later on the event loop, because a channel that is being set up is
	 * not ready yet.
	 */
	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.executor().execute(() -> answer(ctx));
	}

	private void answer(ChannelHandlerContext ctx) {
		ctx.writeAndFlush(this.answer).addListener((ChannelFutureListener) (written) -> end(ctx, written.isSuccess()));
		var close = ctx.executor().schedule(() -> ctx.close(), this.lingerTime.toNanos(), TimeUnit.NANOSECONDS);
		ctx.channel().closeFuture().addListener((closed) -> close.cancel(false));
		ctx.read();
	}

	private static void end(ChannelHandlerContext ctx, boolean written) {
		SslHandler tls = ctx.pipeline().get(SslHandler.class);
		if (!written) {
			ctx.close();
		}
		else if (tls != null && tls.handshakeFuture().isSuccess()) {
			tls.closeOutbound().addListener((sent) -> endOutput(ctx));
		}
		else {
			endOutput(ctx);
		}
	}

	private static void endOutput(ChannelHandlerContext ctx) {
		if (ctx.channel() instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		ReferenceCountUtil.release(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.read();
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		ReferenceCountUtil.release(msg);
		promise.tryFailure(new ClosedChannelException());
	}

	/**
	 * Completes when this handler has closed the channel, instead of closing it at once.
	 */
	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		PromiseNotifier.cascade(ctx.channel().closeFuture(), promise);
	}

}
