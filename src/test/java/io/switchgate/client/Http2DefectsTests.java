package io.switchgate.client;

import java.util.HexFormat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2UnknownFrame;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Netty's HTTP/2 without what the gateway does about it.
 */
class Http2DefectsTests {

	private static final String SETTINGS = "000000040000000000";

	private static final String GET = "000003010400000003" + "828684";

	private static final String UNKNOWN = "000001fa0000000003" + "2a";

	private static final int MANY = 2000;

	private final UnreadStream stream = new UnreadStream();

	private final EmbeddedChannel connection = new EmbeddedChannel(Http2FrameCodecBuilder.forServer().build(),
			new Http2MultiplexHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.config().setAutoRead(false);
					channel.pipeline().addLast(Http2DefectsTests.this.stream);
				}

			}));

	@AfterEach
	void closes() {
		this.connection.finishAndReleaseAll();
	}

	@Test
	void nettyKeepsUnknownFramesForAStreamThatIsNotRead() {
		this.connection.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
		receive(SETTINGS + GET + UNKNOWN.repeat(MANY));
		assertThat(this.stream.unknown).isZero();
		this.stream.channel.config().setAutoRead(true);
		this.connection.runPendingTasks();
		assertThat(this.stream.unknown).as("delete UnknownFrames").isEqualTo(MANY);
	}

	private void receive(String frames) {
		this.connection.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(frames)));
	}

	private static final class UnreadStream extends ChannelInboundHandlerAdapter {

		@SuppressWarnings("NullAway.Init")
		private Channel channel;

		private int unknown;

		@Override
		public void handlerAdded(ChannelHandlerContext ctx) {
			this.channel = ctx.channel();
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (msg instanceof Http2UnknownFrame) {
				this.unknown++;
			}
			ReferenceCountUtil.release(msg);
		}

	}

}
