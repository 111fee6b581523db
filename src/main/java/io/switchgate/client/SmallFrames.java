package io.switchgate.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins small DATA frames of a stream that is not read. Flow control counts bytes only
 * (RFC 9113, section 6.9), but Netty keeps each waiting frame as several objects: frames
 * of one byte would turn a window of 64 KB into 10 MB of heap.
 */
final class SmallFrames extends ChannelInboundHandlerAdapter {

	/**
	 * Frames of one stream that may wait without being joined.
	 */
	static final int SEPARATE = 64;

	private final IntObjectMap<Waiting> streams = new IntObjectHashMap<>();

	@SuppressWarnings("NullAway.Init")
	private ChannelHandlerContext ctx;

	/**
	 * Watches a stream; call it before the first frame.
	 */
	static void watch(Http2StreamChannel stream) {
		ChannelPipeline connection = stream.parent().pipeline();
		SmallFrames frames = connection.get(SmallFrames.class);
		if (frames == null) {
			frames = new SmallFrames();
			connection.addAfter(connection.context(Http2FrameCodec.class).name(), null, frames);
		}
		Waiting waiting = frames.new Waiting(stream.stream());
		frames.streams.put(stream.stream().id(), waiting);
		stream.pipeline().addFirst(waiting);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ctx = ctx;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		Waiting waiting = (msg instanceof Http2StreamFrame frame && frame.stream() != null)
				? this.streams.get(frame.stream().id()) : null;
		if (waiting != null && msg instanceof Http2DataFrame data) {
			waiting.read(data);
			return;
		}
		if (waiting != null) {
			waiting.pass();
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2FrameStreamEvent change && change.stream().state() == Http2Stream.State.CLOSED) {
			Waiting waiting = this.streams.remove(change.stream().id());
			if (waiting != null) {
				waiting.pass();
			}
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.streams.values().forEach(Waiting::release);
		this.streams.clear();
	}

	/**
	 * Waiting data of one stream: the first frames are in the stream's queue, the others
	 * are joined here. It stands first in the stream's pipeline, where it sees each frame
	 * that is read.
	 */
	private final class Waiting extends ChannelInboundHandlerAdapter {

		private final Http2FrameStream stream;

		private int separate;

		private @Nullable ByteBuf joined;

		private boolean ended;

		Waiting(Http2FrameStream stream) {
			this.stream = stream;
		}

		void read(Http2DataFrame data) {
			if (this.joined == null && this.separate < SEPARATE) {
				this.separate++;
				SmallFrames.this.ctx.fireChannelRead(data);
				return;
			}
			ByteBuf content = data.content();
			if (this.joined == null) {
				this.joined = SmallFrames.this.ctx.alloc().buffer(content.readableBytes());
			}
			this.joined.writeBytes(content);
			this.ended |= data.isEndStream();
			if (data.padding() > 0) {
				// Padding counts towards the windows. It is not part of the joined data,
				// so nobody else can return its share.
				SmallFrames.this.ctx
					.writeAndFlush(new DefaultHttp2WindowUpdateFrame(data.padding()).stream(this.stream));
			}
			data.release();
		}

		@Override
		public void channelRead(ChannelHandlerContext stream, Object msg) {
			if (msg instanceof Http2DataFrame && --this.separate == 0 && this.joined != null) {
				// Deferred, because the stream is still working through its queue.
				stream.executor().execute(() -> {
					pass();
					SmallFrames.this.ctx.fireChannelReadComplete();
				});
			}
			stream.fireChannelRead(msg);
		}

		void pass() {
			if (this.joined != null) {
				Http2DataFrame data = new DefaultHttp2DataFrame(this.joined, this.ended).stream(this.stream);
				this.joined = null;
				this.separate++;
				SmallFrames.this.ctx.fireChannelRead(data);
			}
		}

		void release() {
			if (this.joined != null) {
				this.joined.release();
				this.joined = null;
			}
		}

	}

}
