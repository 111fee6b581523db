package io.switchgate.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;

/**
 * Wraps one of Netty's own handlers to change how channels are registered.
 */
abstract class ForwardingIoHandler implements IoHandler {

	private final IoHandler netty;

	ForwardingIoHandler(IoHandler netty) {
		this.netty = netty;
	}

	IoHandler netty() {
		return this.netty;
	}

	@Override
	public void initialize() {
		this.netty.initialize();
	}

	@Override
	public int run(IoHandlerContext context) {
		return this.netty.run(context);
	}

	@Override
	public void prepareToDestroy() {
		this.netty.prepareToDestroy();
	}

	@Override
	public void destroy() {
		this.netty.destroy();
	}

	@Override
	public void wakeup() {
		this.netty.wakeup();
	}

	@Override
	public boolean isCompatible(Class<? extends IoHandle> handleType) {
		return this.netty.isCompatible(handleType);
	}

}
