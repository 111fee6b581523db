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

class StreamBytesTests {

	private static final String SETTINGS = "000000040000000000";

	private static final String GET = "000003010400000003" + "828684";

	private static final String DATA = "000001000000000003" + "2a";

	private final Batches batches = new Batches();

	private final EmbeddedChannel connection = new EmbeddedChannel(Http2FrameCodecBuilder.forServer().build(),
			new Http2MultiplexHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel stream) {
					stream.pipeline().addLast(new HeadersFilter(), new StreamBytes(), StreamBytesTests.this.batches);
				}

			}));

	@BeforeEach
	void openStream() {
		this.connection.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
		receive(SETTINGS + GET);
	}

	@AfterEach
	void closeConnection() {
		this.connection.finishAndReleaseAll();
	}

	private void receive(String frames) {
		this.connection.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(frames)));
	}

	@Test
	void framesThatArriveTogetherAreOneBatchHoweverManyWereBefore() {
		for (int i = 0; i < 10; i++) {
			receive(DATA.repeat(8));
		}
		this.batches.clear();
		receive(DATA.repeat(8));
		assertThat(this.batches.reads).isEqualTo(8);
		assertThat(this.batches.ends).isOne();
	}

	/**
	 * Removes the head, as the gate does in the gateway.
	 */
	private static final class HeadersFilter extends ChannelInboundHandlerAdapter {

		private boolean taken;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (this.taken) {
				ctx.fireChannelRead(msg);
				return;
			}
			this.taken = true;
			ReferenceCountUtil.release(msg);
		}

	}

	private static final class Batches extends ChannelInboundHandlerAdapter {

		private int reads;

		private int ends;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			this.reads++;
			ReferenceCountUtil.release(msg);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			this.ends++;
		}

		private void clear() {
			this.reads = 0;
			this.ends = 0;
		}

	}

}
