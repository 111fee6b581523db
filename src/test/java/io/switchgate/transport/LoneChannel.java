package io.switchgate.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;

import io.switchgate.fixture.Wire;

/**
 * An accepted channel on an event loop of its own, with nothing of the gateway around it,
 * and its peer. It has small socket buffers, and stays open after a FIN.
 *
 * @param loop event loop
 * @param channel channel, which reads when it is told to
 * @param peer other end
 */
record LoneChannel(EventLoopGroup loop, Channel channel, Wire peer) implements AutoCloseable {

	static final int BUFFER = 64 * 1024;

	private static final int DEADLINE_SECONDS = 20;

	static ServerBootstrap bootstrap(IoHandlerFactory io, Class<? extends ServerChannel> type) {
		return new ServerBootstrap()
			.group(new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("lone-channel", true), io))
			.channel(type)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.SO_SNDBUF, BUFFER)
			.option(ChannelOption.SO_RCVBUF, 4 * BUFFER);
	}

	static LoneChannel open(ServerBootstrap bootstrap, ChannelHandler handler) {
		CompletableFuture<Channel> accepted = new CompletableFuture<>();
		Channel server = bootstrap.childHandler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(handler);
				channel.eventLoop().execute(() -> accepted.complete(channel));
			}

		}).bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
		Wire peer = Wire.connect(((InetSocketAddress) server.localAddress()).getPort());
		Channel channel = accepted.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
		return new LoneChannel(bootstrap.config().group(), channel, peer);
	}

	@Override
	public void close() {
		this.peer.close();
		this.loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		Awaitility.await().until(this.loop::isTerminated);
	}

}
