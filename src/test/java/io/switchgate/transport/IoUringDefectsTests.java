package io.switchgate.transport;

import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Netty's io_uring without what the gateway does about it.
 */
class IoUringDefectsTests {

	private static final int MUCH = 4 * 1024 * 1024;

	private static final short GROUP = 0;

	private static final int PIECE = 1024;

	private static final int PIECES = 4;

	@BeforeAll
	static void needsIoUring() {
		Assumptions.assumeTrue(Transport.IO_URING.isAvailable(), "io_uring is not available");
	}

	private static ServerBootstrap bootstrap(IoHandlerFactory io) {
		return LoneChannel.bootstrap(io, IoUringServerSocketChannel.class);
	}

	/**
	 * Event loops with a ring of a few small buffers.
	 */
	private static ServerBootstrap withRing() {
		IoUringBufferRingConfig ring = IoUringBufferRingConfig.builder()
			.bufferGroupId(GROUP)
			.bufferRingSize((short) PIECES)
			.batchSize(PIECES)
			.incremental(false)
			.allocator(new IoUringFixedBufferRingAllocator(UnpooledByteBufAllocator.DEFAULT, PIECE))
			.build();
		return bootstrap(IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(ring)))
			.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
	}

	@Test
	void ioUringForgetsAWriteThatWaitsAfterAFin() throws InterruptedException {
		CountDownLatch inputEnded = new CountDownLatch(1);
		CountDownLatch pollEnded = new CountDownLatch(1);
		IoHandlerFactory ring = IoUringIoHandler.newFactory();
		try (LoneChannel lone = LoneChannel.open(
				bootstrap((executor) -> new ImpatientSends(ring.newHandler(executor), pollEnded)),
				new EpollDefectsTests.InputEnd(inputEnded))) {
			lone.channel().config().setAutoRead(true);
			lone.peer().fin();
			assertThat(inputEnded.await(20, TimeUnit.SECONDS)).isTrue();
			lone.channel()
				.writeAndFlush(Unpooled.wrappedBuffer(new byte[MUCH]))
				.addListener(ChannelFutureListener.CLOSE);
			assertThat(pollEnded.await(20, TimeUnit.SECONDS)).as("the kernel ends a poll for room").isTrue();
			lone.peer().deadline(Duration.ofMillis(300));
			assertThatExceptionOfType(UncheckedIOException.class)
				.as("delete IoUringHandler.isHangUpOnly: all has arrived")
				.isThrownBy(lone.peer()::rest);
		}
	}

	@Test
	void ioUringReadsOnThoughItWasStopped() {
		Assumptions.assumeTrue(IoUring.isRecvMultishotEnabled(), "no multishot");
		Stopping handler = new Stopping();
		try (LoneChannel lone = LoneChannel.open(withRing(), handler)) {
			lone.peer().send(new byte[16 * PIECES * PIECE]);
			lone.channel().config().setAutoRead(true);
			Awaitility.await("delete IoUringHandler.completeRead")
				.until(() -> handler.bytes.get() > 2 * PIECES * PIECE);
		}
	}

	@Test
	void ioUringHasNoSettingForSingleReads() {
		assertThat(Arrays.stream(IoUringChannelOption.class.getFields()).map(Field::getName))
			.as("delete SingleReads, use the option")
			.noneMatch((name) -> name.contains("MULTI") && !name.contains("MULTICAST"));
	}

	@Test
	void ioUringReadsForLongBeforeTheLoopRunsATask() {
		Turns handler = new Turns();
		try (LoneChannel lone = LoneChannel.open(withRing(), handler)) {
			lone.peer().send(new byte[LoneChannel.BUFFER]);
			lone.channel().config().setAutoRead(true);
			Awaitility.await().until(() -> handler.readsBeforeTask.get() > 0);
			assertThat(handler.readsBeforeTask.get()).as("delete IoUringHandler.turn").isGreaterThan(8);
		}
	}

	@Test
	void ioUringEndsTheLoopWhenThereIsNoMemoryForARead() {
		ServerBootstrap bootstrap = bootstrap(IoUringIoHandler.newFactory()).childOption(ChannelOption.ALLOCATOR,
				new NoMemory());
		try (LoneChannel lone = LoneChannel.open(bootstrap, new ChannelInboundHandlerAdapter())) {
			lone.channel().config().setAutoRead(true);
			lone.peer().send(new byte[1]);
			Awaitility.await("delete the catch in IoUringHandler.handle").until(lone.loop()::isTerminated);
		}
	}

	/**
	 * Stops with the first read.
	 */
	private static final class Stopping extends ChannelInboundHandlerAdapter {

		private final AtomicInteger bytes = new AtomicInteger();

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ctx.channel().config().setAutoRead(false);
			this.bytes.addAndGet(((ByteBuf) msg).readableBytes());
			((ByteBuf) msg).release();
		}

	}

	/**
	 * Counts the reads before a task that the first one asks for.
	 */
	private static final class Turns extends ChannelInboundHandlerAdapter {

		private final AtomicInteger readsBeforeTask = new AtomicInteger();

		private int reads;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			((ByteBuf) msg).release();
			if (this.reads++ == 0) {
				ctx.executor().execute(() -> this.readsBeforeTask.set(this.reads));
			}
		}

	}

	/**
	 * Has nothing to read into.
	 */
	private static final class NoMemory extends AbstractByteBufAllocator {

		NoMemory() {
			super(true);
		}

		@Override
		public boolean isDirectBufferPooled() {
			return false;
		}

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			throw new OutOfMemoryError("As if there were none");
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			throw new OutOfMemoryError("As if there were none");
		}

	}

}
