package io.switchgate.transport;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;

/**
 * Wraps a channel's registration with one of Netty's own handlers to change what the
 * channel requests.
 */
abstract class ForwardingIoRegistration implements IoRegistration {

	private final IoRegistration netty;

	ForwardingIoRegistration(IoRegistration netty) {
		this.netty = netty;
	}

	@Override
	public <T> T attachment() {
		return this.netty.attachment();
	}

	@Override
	public long submit(IoOps ops) {
		return this.netty.submit(ops);
	}

	@Override
	public boolean isValid() {
		return this.netty.isValid();
	}

	@Override
	public boolean cancel() {
		return this.netty.cancel();
	}

}
