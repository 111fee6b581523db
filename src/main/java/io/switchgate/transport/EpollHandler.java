package io.switchgate.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, which since 4.2.13 takes a channel out when it waits for nothing and
 * then cannot put it in again: after a FIN the next write that does not fit into the
 * socket's buffer fails, and what was pending is lost. Here a channel stays in.
 *
 * <p>
 * For Netty 4.2.13 and later (netty/netty#16689).
 */
final class EpollHandler extends ForwardingIoHandler {

	private EpollHandler(IoHandler epoll) {
		super(epoll);
	}

	static IoHandlerFactory factory() {
		IoHandlerFactory epoll = EpollIoHandler.newFactory();
		return (executor) -> new EpollHandler(epoll.newHandler(executor));
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return new Registration(netty().register(handle));
	}

	/**
	 * A channel's place in epoll.
	 */
	private static final class Registration extends ForwardingIoRegistration {

		private boolean added;

		Registration(IoRegistration epoll) {
			super(epoll);
		}

		/**
		 * With edges alone epoll reports a hang-up once, where it would report it over
		 * and over to one that waits for nothing.
		 */
		@Override
		public long submit(IoOps ops) {
			boolean nothing = ((EpollIoOps) ops).value() == EpollIoOps.NONE.value();
			this.added |= !nothing;
			return super.submit((nothing && this.added) ? EpollIoOps.EPOLLET : ops);
		}

	}

}
