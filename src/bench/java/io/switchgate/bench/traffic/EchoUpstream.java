package io.switchgate.bench.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

/**
 * WebSocket server that returns each message, in a process of its own, on one event loop.
 */
public final class EchoUpstream {

	/**
	 * What it prints in front of its port when it listens.
	 */
	public static final String LISTENING = "Echo listens on ";

	private static final int BACKLOG = 4096;

	private EchoUpstream() {
	}

	/**
	 * Runs until it is killed.
	 * @param args none
	 */
	public static void main(String[] args) {
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		Channel server = new ServerBootstrap().group(loop)
			.channel(EpollServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new Echo());
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
		System.out.println(LISTENING + ((InetSocketAddress) server.localAddress()).getPort());
		server.closeFuture().syncUninterruptibly();
	}

}
