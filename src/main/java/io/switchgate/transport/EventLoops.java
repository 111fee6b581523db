package io.switchgate.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Event loops shared by server and clients, so that both ends of a tunnel can live on
 * one.
 */
final class EventLoops implements LoopResources {

	private final OpenFiles files;

	private final EventLoopGroup group;

	private final EventLoopGroup colocated;

	EventLoops(Transport transport, int workers, OpenFiles files) {
		this.files = files;
		this.group = new MultiThreadIoEventLoopGroup(workers, new DefaultThreadFactory("switchgate", true),
				transport.ioHandlers());
		this.colocated = LoopResources.colocate(this.group);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.group;
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.colocated;
	}

	/**
	 * Called for each connection that the gateway opens. Those of clients come from their
	 * servers' sockets.
	 */
	@Override
	public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		return (type == SocketChannel.class || type == DomainSocketChannel.class)
				? this.files.open(() -> LoopResources.super.onChannel(type, group))
				: LoopResources.super.onChannel(type, group);
	}

	@Override
	public boolean daemon() {
		return true;
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return Mono.create((sink) -> this.group
			.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
			.addListener((terminated) -> sink.success()));
	}

}
