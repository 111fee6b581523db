package io.switchgate.client;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection with a last answer: nothing else is read or written. Closing at once
 * would reset a connection on which the client still sends, and the reset would overtake
 * the answer; so a FIN follows the answer, and then the client has a moment for its own.
 */
final class Refusal extends ChannelDuplexHandler {

	private static final long LINGER_SECONDS = 1;

	private final ByteBuf answer;

	Refusal(ByteBuf answer) {
		this.answer = answer;
	}

	/**
	 * Answers soon, because a channel that is being set up is not ready yet.
	 */
	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.executor().execute(() -> answer(ctx));
	}

	private void answer(ChannelHandlerContext ctx) {
		ctx.writeAndFlush(this.answer).addListener((ChannelFutureListener) (written) -> end(ctx, written.isSuccess()));
		var close = ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
		ctx.channel().closeFuture().addListener((closed) -> close.cancel(false));
		ctx.read();
	}

	private static void end(ChannelHandlerContext ctx, boolean written) {
		SslHandler tls = ctx.pipeline().get(SslHandler.class);
		if (!written) {
			ctx.close();
		}
		else if (tls != null && tls.handshakeFuture().isSuccess()) {
			tls.closeOutbound();
		}
		else if (ctx.channel() instanceof DuplexChannel duplex) {
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
		promise.setFailure(new IllegalStateException("The connection is being closed"));
	}

}
