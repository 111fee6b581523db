package io.switchgate.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FlowController;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One connection of HTTP/2 with one stream, and a client that sends single bytes.
 */
class SmallFramesTests {

	private static final int WINDOW = 65_535;

	private static final int STREAM = 3;

	private static final int END_STREAM = 1;

	private static final int PADDED = 8;

	private final List<Integer> sizes = new ArrayList<>();

	private final ByteBuf received = Unpooled.buffer();

	private boolean ended;

	private @Nullable Http2StreamChannel stream;

	private final EmbeddedChannel connection = new EmbeddedChannel(
			Http2FrameCodecBuilder.forServer().gracefulShutdownTimeoutMillis(0).build(),
			new Http2MultiplexHandler(new ChannelInitializer<Http2StreamChannel>() {

				@Override
				protected void initChannel(Http2StreamChannel channel) {
					SmallFramesTests.this.stream = channel;
					channel.config().setAutoRead(false);
					channel.pipeline().addLast(new Reader());
					SmallFrames.watch(channel);
				}

			}));

	SmallFramesTests() {
		write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		write(frame(Http2FrameTypes.SETTINGS, 0, 0));
		// POST http / (RFC 7541, appendix A)
		write(frame(Http2FrameTypes.HEADERS, 4, STREAM, (byte) 0x83, (byte) 0x86, (byte) 0x84));
		// The head.
		stream().read();
	}

	@AfterEach
	void close() {
		this.connection.finishAndReleaseAll();
		this.received.release();
	}

	@Test
	void singleBytesThatWaitAreJoined() {
		byte[] bytes = new byte[WINDOW];
		new Random(1).nextBytes(bytes);
		for (int i = 0; i < bytes.length; i++) {
			write(frame(Http2FrameTypes.DATA, (i == bytes.length - 1) ? END_STREAM : 0, STREAM, bytes[i]));
		}
		assertThat(this.sizes).as("frames before the stream is read").isEmpty();
		readAll();
		assertThat(this.received).isEqualTo(Unpooled.wrappedBuffer(bytes));
		assertThat(this.ended).isTrue();
		assertThat(this.sizes).hasSizeLessThanOrEqualTo(SmallFrames.SEPARATE + 1);
	}

	@Test
	void bytesOfAStreamThatIsReadGoOnWithTheirRead() {
		stream().config().setAutoRead(true);
		for (int i = 0; i < 10 * SmallFrames.SEPARATE; i++) {
			write(frame(Http2FrameTypes.DATA, 0, STREAM, (byte) i));
			assertThat(this.sizes).hasSize(i + 1);
		}
	}

	@Test
	void theFirstFrameAboveTheLimitGoesOnWhenTheOthersAreTaken() {
		for (int i = 0; i < SmallFrames.SEPARATE + 1; i++) {
			write(frame(Http2FrameTypes.DATA, 0, STREAM, i));
		}
		readAll();
		assertThat(this.sizes).hasSize(SmallFrames.SEPARATE + 1);
	}

	@Test
	void bytesThatComeInOneReadAreJoined() {
		stream().config().setAutoRead(true);
		byte[] three = frame(Http2FrameTypes.DATA, 0, STREAM, 1);
		write(concat(three, three, three));
		assertThat(this.sizes).containsExactly(3);
	}

	@Test
	void largeFramesAreNotJoined() {
		stream().config().setAutoRead(true);
		byte[] large = frame(Http2FrameTypes.DATA, 0, STREAM, new int[2000]);
		write(concat(large, large, frame(Http2FrameTypes.DATA, 0, STREAM, 1)));
		assertThat(this.sizes).containsExactly(2000, 2000, 1);
	}

	@Test
	void windowsAreWholeAgainWhenPaddedFramesHaveBeenRead() throws Exception {
		for (int i = 0; i < 10 * SmallFrames.SEPARATE; i++) {
			write(frame(Http2FrameTypes.DATA, PADDED, STREAM, (byte) 10, (byte) i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
		}
		readAll();
		assertThat(this.received.readableBytes()).isEqualTo(10 * SmallFrames.SEPARATE);
		Http2FrameCodec codec = this.connection.pipeline().get(Http2FrameCodec.class);
		Http2FlowController windows = codec.connection().local().flowController();
		assertThat(codec.connection().local().flowController().unconsumedBytes(codec.connection().stream(STREAM)))
			.isZero();
		assertThat(windows.windowSize(codec.connection().stream(STREAM))).isGreaterThan(WINDOW / 2);
	}

	@Test
	void trailersStayBehindTheDataThatWaits() {
		for (int i = 0; i < 2 * SmallFrames.SEPARATE; i++) {
			write(frame(Http2FrameTypes.DATA, 0, STREAM, (byte) i));
		}
		write(frame(Http2FrameTypes.HEADERS, 4 | END_STREAM, STREAM, (byte) 0, (byte) 1, (byte) 'a', (byte) 1,
				(byte) 'b'));
		readAll();
		assertThat(this.received.readableBytes()).isEqualTo(2 * SmallFrames.SEPARATE);
		assertThat(this.sizes.get(this.sizes.size() - 1)).as("size of the last frame").isEqualTo(Reader.NO_DATA);
	}

	/**
	 * Leak detection finds what stays.
	 */
	@Test
	void bytesThatWaitAreReleasedWithTheStream() {
		for (int i = 0; i < 2 * SmallFrames.SEPARATE; i++) {
			write(frame(Http2FrameTypes.DATA, 0, STREAM, (byte) i));
		}
		this.connection.close();
		stream().close();
		this.connection.runPendingTasks();
		assertThat(this.sizes).isEmpty();
	}

	private Http2StreamChannel stream() {
		return Objects.requireNonNull(this.stream, "no stream");
	}

	private void readAll() {
		stream().config().setAutoRead(true);
		this.connection.runPendingTasks();
	}

	private void write(byte[] bytes) {
		this.connection.writeInbound(this.connection.alloc().buffer(bytes.length).writeBytes(bytes));
	}

	private static byte[] concat(byte[]... frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (byte[] frame : frames) {
			bytes.writeBytes(frame);
		}
		return bytes.toByteArray();
	}

	private static byte[] frame(int type, int flags, int stream, int... payload) {
		ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
			.putInt(payload.length << 8 | type)
			.put((byte) flags)
			.putInt(stream);
		for (int b : payload) {
			frame.put((byte) b);
		}
		return frame.array();
	}

	private final class Reader extends ChannelInboundHandlerAdapter {

		static final int NO_DATA = -1;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (msg instanceof Http2DataFrame data) {
				SmallFramesTests.this.sizes.add(data.content().readableBytes());
				SmallFramesTests.this.received.writeBytes(data.content());
				SmallFramesTests.this.ended |= data.isEndStream();
			}
			else if (!SmallFramesTests.this.sizes.isEmpty()) {
				SmallFramesTests.this.sizes.add(NO_DATA);
			}
			ReferenceCountUtil.release(msg);
		}

	}

}
