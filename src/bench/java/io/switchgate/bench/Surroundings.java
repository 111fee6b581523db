package io.switchgate.bench;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.ClassPath;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.bench.traffic.EchoUpstream;

/**
 * What every proxy stands between: an upstream in a process of its own, and an event loop
 * for the clients.
 */
final class Surroundings implements AutoCloseable {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final Identity identity = Identity.create();

	private final Program upstream;

	private final int upstreamPort;

	Surroundings() {
		this.upstream = Program.start(BuildDirectory.fresh("echo"), Tool.java(), "-Xms64m", "-Xmx256m",
				"-XX:+UseSerialGC", "-Dio.netty.leakDetection.level=disabled", ClassPath.argument(),
				EchoUpstream.class.getName());
		String line = this.upstream.awaitLine(EchoUpstream.LISTENING);
		this.upstreamPort = Integer.parseInt(line.substring(EchoUpstream.LISTENING.length()));
	}

	EventLoop loop() {
		return this.loops.next();
	}

	Identity identity() {
		return this.identity;
	}

	int upstreamPort() {
		return this.upstreamPort;
	}

	@Override
	public void close() {
		this.upstream.close();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
