package io.switchgate.bench;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import io.switchgate.bench.traffic.Load;
import io.switchgate.bench.traffic.Protocol;
import io.switchgate.bench.traffic.WarmUp;

/**
 * What every proxy stands between: an upstream in a process of its own, and an event loop
 * for the clients.
 */
final class Surroundings implements AutoCloseable {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final Identity identity = Identity.create();

	private final Upstream upstream = Upstream.start();

	private boolean warm;

	/**
	 * Lets clients and upstream talk to each other until their own code is compiled.
	 * Otherwise it would be them whom the first proxy waits for.
	 */
	void warmUp(WarmUp warmUp) {
		if (!this.warm) {
			this.warm = true;
			warmUp.run((pace) -> Load.HANDSHAKES.run(this.upstream.target(), loop(), pace));
		}
	}

	EventLoop loop() {
		return this.loops.next();
	}

	Identity identity() {
		return this.identity;
	}

	/**
	 * Returns what clients need for TLS, if they speak it.
	 */
	@Nullable SslContext tls(Protocol protocol) {
		return (protocol == Protocol.TLS) ? this.identity.client() : null;
	}

	/**
	 * Lets the upstream reset all of its connections.
	 */
	void resetUpstream() {
		this.upstream.resetUpstream();
	}

	int upstreamPort() {
		return this.upstream.port();
	}

	@Override
	public void close() {
		this.upstream.close();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
