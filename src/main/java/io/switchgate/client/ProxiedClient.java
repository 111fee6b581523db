package io.switchgate.client;

import java.net.InetAddress;
import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.NetUtil;

/**
 * Counts a connection for the client that a trusted hop names in its PROXY protocol
 * header. The header then goes on to the server, which also takes the client's address
 * from it.
 */
final class ProxiedClient extends ChannelInboundHandlerAdapter {

	private final Consumer<InetAddress> counter;

	ProxiedClient(Consumer<InetAddress> counter) {
		this.counter = counter;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HAProxyMessage header) {
			InetAddress address = (header.sourceAddress() != null)
					? NetUtil.createInetAddressFromIpAddressString(header.sourceAddress()) : null;
			if (address != null) {
				this.counter.accept(address);
			}
			ctx.pipeline().remove(this);
		}
		ctx.fireChannelRead(msg);
	}

}
