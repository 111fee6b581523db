package io.switchgate.bench.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReconnectsTests {

	private static final int CLIENTS = 20;

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final ChannelGroup connections = new DefaultChannelGroup(this.loops.next());

	private final Channel server = new ServerBootstrap().group(this.loops)
		.channel(EpollServerSocketChannel.class)
		.childHandler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				ReconnectsTests.this.connections.add(channel);
				channel.pipeline().addLast(accept());
			}

		})
		.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
		.syncUninterruptibly()
		.channel();

	private final Nobody nobody = new Nobody();

	private final Crowd crowd = new Crowd(new Target(((InetSocketAddress) this.server.localAddress()).getPort(), null,
			new Start(0, 0), this.nobody, this.nobody), Protocol.CLEAR, this.loops.next());

	private final Reconnects reconnects = new Reconnects(this.crowd, CLIENTS);

	private String refusal = "";

	@BeforeEach
	void opens() {
		this.reconnects.open();
		assertThat(this.crowd.isWithin(DEADLINE, () -> this.reconnects.underWay() == 0)).isTrue();
		this.crowd.run(this.reconnects::start);
	}

	@AfterEach
	void closes() {
		this.crowd.close();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private ChannelHandler accept() {
		String answer = this.refusal;
		this.refusal = "";
		return answer.isEmpty() ? new Echo() : new SimpleChannelInboundHandler<>() {

			@Override
			protected void channelRead0(ChannelHandlerContext context, Object request) {
				context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
					.addListener(ChannelFutureListener.CLOSE);
			}

		};
	}

	private Map<Figure, Double> cut(String refusal) {
		this.crowd.run(() -> {
			this.refusal = refusal;
			this.connections.close();
		});
		assertThat(this.crowd.isWithin(DEADLINE, this.reconnects::areBack)).isTrue();
		return this.crowd.onLoop(this.reconnects::figures);
	}

	@Test
	void everyClientComesBackAtOnce() {
		assertThat(cut("")).containsEntry(Figure.TURNED_AWAY, 0.0)
			.containsEntry(Figure.FAILED, 0.0)
			.hasEntrySatisfying(Figure.LONGEST_ABSENCE, (seconds) -> assertThat(seconds).isBetween(0.0, 10.0));
	}

	@Test
	void clientsWaitAsLongAsTheyAreTold() {
		assertThat(cut("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n\r\n"))
			.containsEntry(Figure.TURNED_AWAY, 1.0)
			.containsEntry(Figure.FAILED, 0.0)
			.hasEntrySatisfying(Figure.LONGEST_ABSENCE, (seconds) -> assertThat(seconds).isGreaterThan(2));
	}

	@Test
	void clientsThatAreToldNothingWaitASecond() {
		assertThat(cut("HTTP/1.1 503 Service Unavailable\r\n\r\n")).containsEntry(Figure.TURNED_AWAY, 1.0)
			.containsEntry(Figure.FAILED, 0.0)
			.hasEntrySatisfying(Figure.LONGEST_ABSENCE, (seconds) -> assertThat(seconds).isGreaterThan(1));
	}

	@Test
	void otherAnswersAreFailures() {
		assertThat(cut("HTTP/1.1 502 Bad Gateway\r\n\r\n")).containsEntry(Figure.TURNED_AWAY, 0.0)
			.containsEntry(Figure.FAILED, 1.0);
	}

	@Test
	void needsTunnelsThatAreCut() {
		assertThatExceptionOfType(TrafficException.class).isThrownBy(() -> this.crowd.onLoop(this.reconnects::figures))
			.withMessage("only 0 of 20 tunnels were cut");
	}

	/**
	 * The server is in this process, and stays.
	 */
	private static final class Nobody implements Meter, Operator {

		@Override
		public long cpuMicros() {
			return 0;
		}

		@Override
		public long residentKibibytes() {
			return 0;
		}

		@Override
		public Target startAnother() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void kill() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void resetUpstream() {
			throw new UnsupportedOperationException();
		}

	}

}
