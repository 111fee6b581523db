package io.switchgate.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Event loops shared by the server and the clients, so that both ends of a tunnel can use
 * the same loop.
 */
final class EventLoops implements CountedLoops {

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

	@Override
	public OpenFiles files() {
		return this.files;
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
