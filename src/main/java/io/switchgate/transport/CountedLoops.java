package io.switchgate.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketChannel;
import reactor.netty.resources.LoopResources;

/**
 * Event loops that count connections to upstreams. Connections of clients are counted by
 * their server sockets.
 */
interface CountedLoops extends LoopResources {

	OpenFiles files();

	@Override
	default <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		return (type == SocketChannel.class || type == DomainSocketChannel.class)
				? files().open(() -> LoopResources.super.onChannel(type, group))
				: LoopResources.super.onChannel(type, group);
	}

}
