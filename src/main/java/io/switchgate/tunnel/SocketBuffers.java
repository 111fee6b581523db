package io.switchgate.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import org.springframework.util.unit.DataSize;

/**
 * Bounds what the kernel keeps for a tunnel's end. Left to itself it lets the buffers of
 * a connection grow to many megabytes when one side does not read.
 */
final class SocketBuffers {

	private final int receive;

	private final int send;

	SocketBuffers(DataSize receive, DataSize send) {
		this.receive = Math.toIntExact(receive.toBytes());
		this.send = Math.toIntExact(send.toBytes());
	}

	/**
	 * Bounds both buffers. Where the transport can, only unsent bytes count, so that
	 * bytes on a long way to a fast reader are not held back. An end that was reset while
	 * the 101 was on its way has no buffers any more, and options of it fail.
	 */
	void bound(Channel channel) {
		if (!channel.isOpen()) {
			return;
		}
		ChannelConfig config = channel.config();
		config.setOption(ChannelOption.SO_RCVBUF, this.receive);
		boolean bounded = config.setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) this.send)
				|| config.setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, (long) this.send);
		if (!bounded) {
			config.setOption(ChannelOption.SO_SNDBUF, this.send);
		}
	}

}
