package io.switchgate.tunnel;

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
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Netty's streams of HTTP/2 without what the gateway does about them.
 */
class Http2StreamDefectsTests {

	private static final String SETTINGS = "000000040000000000";

	private static final String GET = "000003010400000003" + "828684";

	private static final String DATA = "000001000000000003" + "2a";

	private static final String LARGE_DATA = "004000000000000003" + "2a".repeat(16 * 1024);

	private final Stream stream = new Stream();

	private final EmbeddedChannel connection = new EmbeddedChannel(Http2FrameCodecBuilder.forServer().build(),
			new Http2MultiplexHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(Http2StreamDefectsTests.this.stream);
				}

			}));

	@BeforeEach
	void opensAStream() {
		this.connection.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
		receive(SETTINGS + GET);
	}

	@AfterEach
	void closes() {
		this.connection.finishAndReleaseAll();
	}

	private void receive(String frames) {
		this.connection.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(frames)));
	}

	@Test
	void streamEndsABatchWithEachFrameAfterSixteen() {
		for (int i = 0; i < 10; i++) {
			receive(DATA.repeat(8));
		}
		this.stream.ends = 0;
		receive(DATA.repeat(8));
		assertThat(this.stream.ends).as("delete the reset in StreamBytes.read").isEqualTo(8);
	}

	@Test
	void streamGivesRoomBackAndDoesNotSayIt() {
		this.stream.pauses = true;
		receive(LARGE_DATA.repeat(3));
		this.connection.releaseOutbound();
		this.stream.channel.config().setAutoRead(true);
		Object sent = this.connection.readOutbound();
		assertThat(sent).as("delete the flush in StreamBytes.read").isNull();
		this.connection.flush();
		assertThat(this.connection.releaseOutbound()).as("a WINDOW_UPDATE waits").isTrue();
	}

	private static final class Stream extends ChannelInboundHandlerAdapter {

		@SuppressWarnings("NullAway.Init")
		private Channel channel;

		private int ends;

		private boolean pauses;

		private int data;

		@Override
		public void handlerAdded(ChannelHandlerContext ctx) {
			this.channel = ctx.channel();
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ReferenceCountUtil.release(msg);
			if (this.pauses) {
				this.data++;
				if (this.data == 1) {
					ctx.read();
				}
				ctx.channel().config().setAutoRead(this.data < 3);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			this.ends++;
		}

	}

}
