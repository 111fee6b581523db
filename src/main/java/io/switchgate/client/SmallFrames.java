package io.switchgate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins small DATA frames of a stream. It joins frames that arrive in one read, and
 * frames that wait because nobody reads the stream.
 *
 * <p>
 * Flow control counts only bytes (RFC 9113, section 6.9), but each frame has a cost. A
 * waiting frame takes several objects of heap. A frame that is read becomes a chunk of
 * the request towards the upstream. A client could fill its window with 65,535 frames of
 * one byte.
 */
final class SmallFrames extends ChannelInboundHandlerAdapter {

	/**
	 * Frames of one stream that may wait one by one.
	 */
	static final int SEPARATE = 64;

	/**
	 * Frames of at least this many bytes go on as they are.
	 */
	private static final int LARGE = 1024;

	private final IntObjectMap<StreamData> streams = new IntObjectHashMap<>();

	/**
	 * Streams with held data of the current read.
	 */
	private final List<StreamData> holding = new ArrayList<>();

	@SuppressWarnings("NullAway.Init")
	private ChannelHandlerContext ctx;

	/**
	 * Watches a stream from its first frame on.
	 */
	static void watch(Http2StreamChannel stream) {
		ChannelPipeline connection = stream.parent().pipeline();
		SmallFrames frames = connection.get(SmallFrames.class);
		if (frames == null) {
			frames = new SmallFrames();
			connection.addAfter(connection.context(Http2FrameCodec.class).name(), null, frames);
		}
		StreamData data = frames.new StreamData(stream.stream());
		frames.streams.put(stream.stream().id(), data);
		stream.pipeline().addFirst(data);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ctx = ctx;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		StreamData data = (msg instanceof Http2StreamFrame frame && frame.stream() != null)
				? this.streams.get(frame.stream().id()) : null;
		if (data != null && msg instanceof Http2DataFrame frame) {
			data.read(frame);
			return;
		}
		if (data != null) {
			data.pass();
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		for (StreamData data : this.holding) {
			if (data.waiting < SEPARATE) {
				data.pass();
			}
			else {
				data.late = true;
			}
		}
		this.holding.clear();
		ctx.fireChannelReadComplete();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2FrameStreamEvent change && change.stream().state() == Http2Stream.State.CLOSED) {
			StreamData data = this.streams.remove(change.stream().id());
			if (data != null) {
				data.pass();
			}
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.streams.values().forEach(StreamData::release);
		this.streams.clear();
		this.holding.clear();
	}

	/**
	 * Data of one stream. Stands first in the pipeline of the stream, where it sees each
	 * frame that is taken.
	 */
	private final class StreamData extends ChannelInboundHandlerAdapter {

		private final Http2FrameStream stream;

		private @Nullable Http2DataFrame single;

		private @Nullable ByteBuf joined;

		private boolean ended;

		/**
		 * Whether the held data waits until the stream has taken all earlier frames.
		 */
		private boolean late;

		/**
		 * Number of frames that the stream has received and not taken yet.
		 */
		private int waiting;

		StreamData(Http2FrameStream stream) {
			this.stream = stream;
		}

		void read(Http2DataFrame frame) {
			if (this.waiting < SEPARATE && frame.content().readableBytes() >= LARGE) {
				pass();
				send(frame);
			}
			else if (this.single == null && this.joined == null) {
				this.single = frame;
				SmallFrames.this.holding.add(this);
			}
			else {
				if (this.single != null) {
					this.joined = SmallFrames.this.ctx.alloc().buffer();
					append(this.joined, this.single);
					this.single = null;
				}
				append(Objects.requireNonNull(this.joined), frame);
			}
		}

		private void append(ByteBuf bytes, Http2DataFrame frame) {
			bytes.writeBytes(frame.content());
			this.ended |= frame.isEndStream();
			if (frame.padding() > 0) {
				// Padding counts in the windows (RFC 9113, section 6.1). The reader of
				// the
				// joined bytes cannot return it.
				SmallFrames.this.ctx.write(new DefaultHttp2WindowUpdateFrame(frame.padding()).stream(this.stream));
			}
			frame.release();
		}

		void pass() {
			this.late = false;
			if (this.single != null) {
				Http2DataFrame frame = this.single;
				this.single = null;
				send(frame);
			}
			else if (this.joined != null) {
				Http2DataFrame frame = new DefaultHttp2DataFrame(this.joined, this.ended).stream(this.stream);
				this.joined = null;
				send(frame);
			}
		}

		private void send(Http2DataFrame frame) {
			this.waiting++;
			SmallFrames.this.ctx.fireChannelRead(frame);
		}

		@Override
		public void channelRead(ChannelHandlerContext stream, Object msg) {
			if (msg instanceof Http2DataFrame && --this.waiting == 0 && this.late) {
				// Later, because the stream is still working through its queue.
				stream.executor().execute(() -> {
					pass();
					SmallFrames.this.ctx.fireChannelReadComplete();
				});
			}
			stream.fireChannelRead(msg);
		}

		void release() {
			ReferenceCountUtil.release(this.single);
			ReferenceCountUtil.release(this.joined);
			this.single = null;
			this.joined = null;
		}

	}

}
