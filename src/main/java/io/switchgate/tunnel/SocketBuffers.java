package io.switchgate.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import org.springframework.util.unit.DataSize;

/**
 * Limits the kernel's buffers for a tunnel's end. Without a limit they grow to many
 * megabytes when one side does not read.
 */
final class SocketBuffers {

	private final int receive;

	private final int send;

	SocketBuffers(DataSize receive, DataSize send) {
		this.receive = Math.toIntExact(receive.toBytes());
		this.send = Math.toIntExact(send.toBytes());
	}

	/**
	 * Limits both buffers. If the transport can, it limits only unsent bytes, so that a
	 * long way to a fast reader does not slow it down. If an end was reset while the 101
	 * was being sent, it has no buffers any more, and setting its options fails.
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
