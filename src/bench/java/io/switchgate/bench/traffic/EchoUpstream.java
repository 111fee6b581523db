package io.switchgate.bench.traffic;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;

/**
 * WebSocket server that returns each message, in a process of its own, on one event loop.
 */
public final class EchoUpstream {

	/**
	 * What it prints in front of its port when it listens.
	 */
	public static final String LISTENING = "Echo listens on ";

	/**
	 * Line of its input that lets it reset all connections.
	 */
	public static final String RESET = "reset";

	private static final int BACKLOG = 4096;

	private EchoUpstream() {
	}

	/**
	 * Runs until its input ends.
	 * @param args none
	 */
	public static void main(String[] args) {
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		ChannelGroup connections = new DefaultChannelGroup(loop.next());
		Channel server = new ServerBootstrap().group(loop)
			.channel(EpollServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					connections.add(channel);
					channel.pipeline().addLast(new Echo());
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
		System.out.println(LISTENING + ((InetSocketAddress) server.localAddress()).getPort());
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		lines.lines().filter(RESET::equals).forEach((line) -> reset(connections));
		loop.shutdownGracefully();
	}

	/**
	 * With {@code SO_LINGER} of 0, a close sends an RST.
	 */
	private static void reset(ChannelGroup connections) {
		connections.forEach((connection) -> connection.config().setOption(ChannelOption.SO_LINGER, 0));
		connections.close();
	}

}
