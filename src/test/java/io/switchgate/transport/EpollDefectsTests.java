package io.switchgate.transport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Netty's epoll without what the gateway does about it.
 */
class EpollDefectsTests {

	private static final int MUCH = 4 * 1024 * 1024;

	@BeforeAll
	static void needsEpoll() {
		Assumptions.assumeTrue(Transport.EPOLL.isAvailable(), "epoll is not available");
	}

	@Test
	void epollForgetsAChannelThatHasWaitedForNothing() throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		ServerBootstrap bootstrap = LoneChannel.bootstrap(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
		try (LoneChannel lone = LoneChannel.open(bootstrap, new InputEnd(ended))) {
			lone.channel().config().setAutoRead(true);
			lone.peer().fin();
			assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
			ChannelFuture write = lone.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[MUCH]));
			Awaitility.await("delete EpollHandler: the write waits for its peer").until(write::isDone);
			assertThat(write.isSuccess()).isFalse();
		}
	}

	/**
	 * Tells when everything up to the FIN is read.
	 */
	static final class InputEnd extends ChannelInboundHandlerAdapter {

		private final CountDownLatch ended;

		InputEnd(CountDownLatch ended) {
			this.ended = ended;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event == ChannelInputShutdownReadComplete.INSTANCE) {
				this.ended.countDown();
			}
		}

	}

}
