package io.switchgate.tunnel;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a client sends behind its upgrade request until the upgrade is decided.
 *
 * <p>
 * The HTTP decoder would take early frames for a next request. So this handler, in front
 * of the decoder, feeds it one message head at a time; when the head turns out to ask for
 * an upgrade, the rest stays here. A switch hands it to the tunnel; a refusal hands it to
 * the decoder, as HTTP.
 */
public final class EarlyBytes extends ChannelDuplexHandler {

	private final int limit;

	private final Queue<ByteBuf> held = new ArrayDeque<>(2);

	private int heldBytes;

	private boolean holding;

	private boolean readSuppressed;

	private int lineFeeds;

	private @Nullable ExchangeWatch watch;

	private EarlyBytes(int limit) {
		this.limit = limit;
	}

	/**
	 * Adds this handler in front of the HTTP decoder, or of the handler that will add
	 * one.
	 * @param channel new connection of a client
	 * @param limit bytes to hold before reading stops
	 */
	public static void install(Channel channel, int limit) {
		ChannelPipeline pipeline = channel.pipeline();
		for (String name : pipeline.names()) {
			ChannelHandler handler = pipeline.get(name);
			if (handler instanceof HttpServerCodec || handler instanceof ApplicationProtocolNegotiationHandler
					|| handler instanceof CleartextHttp2ServerUpgradeHandler) {
				pipeline.addBefore(name, null, new EarlyBytes(limit));
				return;
			}
		}
	}

	void hold() {
		this.holding = true;
	}

	/**
	 * Gives everything back to the decoder: the upgrade was refused.
	 */
	void release(ChannelHandlerContext ctx) {
		if (!this.holding || ctx.isRemoved()) {
			return;
		}
		this.holding = false;
		this.heldBytes = 0;
		for (int left = this.held.size(); left > 0; left--) {
			feed(ctx, this.held.remove());
		}
		ctx.fireChannelReadComplete();
		resumeReading(ctx);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.watch == null && !watchExchanges(ctx)) {
			ctx.pipeline().remove(this);
			ctx.fireChannelRead(msg);
			return;
		}
		feed(ctx, (ByteBuf) msg);
	}

	private boolean watchExchanges(ChannelHandlerContext ctx) {
		ChannelHandlerContext codec = ctx.pipeline().context(HttpServerCodec.class);
		if (codec == null) {
			return false;
		}
		this.watch = new ExchangeWatch(this, ctx);
		ctx.pipeline().addAfter(codec.name(), null, this.watch);
		return true;
	}

	private void feed(ChannelHandlerContext ctx, ByteBuf bytes) {
		while (!this.holding) {
			int head = lengthOfHead(bytes);
			if (head == bytes.readableBytes()) {
				ctx.fireChannelRead(bytes);
				return;
			}
			ctx.fireChannelRead(bytes.readRetainedSlice(head));
		}
		hold(bytes);
	}

	private void hold(ByteBuf bytes) {
		this.held.add(bytes);
		this.heldBytes += bytes.readableBytes();
	}

	/**
	 * Returns how many bytes there are to the next empty line and with it, or all. An
	 * empty line ends a head; in a body it is only a place to cut.
	 */
	private int lengthOfHead(ByteBuf bytes) {
		int last = bytes.forEachByte((b) -> {
			if (b == '\n') {
				return ++this.lineFeeds < 2;
			}
			if (b != '\r') {
				this.lineFeeds = 0;
			}
			return true;
		});
		if (last == -1) {
			return bytes.readableBytes();
		}
		this.lineFeeds = 0;
		return last + 1 - bytes.readerIndex();
	}

	/**
	 * Stops reading above the limit. The client's leaving then shows only when the
	 * upgrade is decided, which the handshake timeout bounds.
	 */
	@Override
	public void read(ChannelHandlerContext ctx) {
		if (this.holding && this.heldBytes >= this.limit) {
			this.readSuppressed = true;
			return;
		}
		ctx.read();
	}

	private void resumeReading(ChannelHandlerContext ctx) {
		if (this.readSuppressed) {
			this.readSuppressed = false;
			read(ctx);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.holding = false;
		if (!ctx.channel().isActive()) {
			this.held.forEach(ByteBuf::release);
			this.held.clear();
			return;
		}
		if (this.watch != null) {
			ctx.pipeline().remove(this.watch);
		}
		this.held.forEach(ctx::fireChannelRead);
		this.held.clear();
		ctx.fireChannelReadComplete();
		resumeReading(ctx);
	}

}
