package io.switchgate.bench.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the upstream. Bytes go back as they come in, wherever reads end:
 * nothing waits until a message is complete.
 */
final class Echo extends ChannelInboundHandlerAdapter {

	private final FrameHead head = new FrameHead();

	private @Nullable ByteBuf request;

	private boolean open;

	private boolean inPayload;

	private long payloadLeft;

	private int mask;

	private boolean closing;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf in = (ByteBuf) message;
		if (!this.open) {
			in = answer(context, in);
		}
		if (in.isReadable() && !this.closing) {
			ByteBuf out = context.alloc().directBuffer(in.readableBytes() + FrameHead.MAX_LENGTH);
			echo(in, out);
			context.write(out, context.voidPromise());
		}
		in.release();
	}

	/**
	 * Takes a part of the request.
	 * @return bytes behind it
	 */
	private ByteBuf answer(ChannelHandlerContext context, ByteBuf part) {
		ByteBuf in = (this.request != null) ? this.request.writeBytes(part) : part;
		if (this.request != null) {
			part.release();
			this.request = null;
		}
		Optional<String> request = Upgrade.takeHead(in);
		if (request.isPresent()) {
			this.open = true;
			byte[] answer = Upgrade.answer(Upgrade.key(request.get())).getBytes(StandardCharsets.US_ASCII);
			context.write(context.alloc().directBuffer(answer.length).writeBytes(answer), context.voidPromise());
			return in;
		}
		this.request = context.alloc().buffer().writeBytes(in);
		return in;
	}

	private void echo(ByteBuf in, ByteBuf out) {
		while (in.isReadable() && !this.closing) {
			if (this.inPayload || this.head.read(in)) {
				echoPayload(in, out);
			}
		}
	}

	private void echoPayload(ByteBuf in, ByteBuf out) {
		if (!this.inPayload) {
			begin(out);
		}
		int bytes = (int) Math.min(this.payloadLeft, in.readableBytes());
		this.mask = Mask.apply(in, out, bytes, this.mask);
		this.payloadLeft -= bytes;
		if (this.payloadLeft == 0) {
			this.closing = this.head.first() == FrameHead.CLOSE;
			this.head.clear();
			this.inPayload = false;
		}
	}

	private void begin(ByteBuf out) {
		if (!this.head.isMasked()) {
			throw new TrafficException("frame of a client is not masked");
		}
		this.inPayload = true;
		this.payloadLeft = this.head.payload();
		this.mask = this.head.mask();
		int first = this.head.first();
		FrameHead.write(out, (first == FrameHead.PING) ? FrameHead.PONG : first, this.payloadLeft);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.closing) {
			// The server closes first (RFC 6455, section 7.1.1).
			context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
		}
		else {
			context.flush();
		}
	}

	/**
	 * A client that does not read is not read either.
	 */
	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		context.channel().config().setAutoRead(context.channel().isWritable());
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.request != null) {
			this.request.release();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
