package io.switchgate.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Goes on reading a kept-alive connection of HTTP/1.1 after each request. Reactor Netty
 * 1.3.7 forgets to when a request that came before the end of the last one is answered at
 * once: nothing asks for the next bytes any more, and the client waits for ever (issue
 * 4361 there). Reading once too often does no harm.
 */
public final class ReadAgain extends ChannelInboundHandlerAdapter {

	/**
	 * The end of a request is an event, and what is left of its queue runs after it.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		ctx.fireUserEventTriggered(event);
		ctx.executor().execute(() -> {
			if (!ctx.isRemoved()) {
				ctx.read();
			}
		});
	}

}
