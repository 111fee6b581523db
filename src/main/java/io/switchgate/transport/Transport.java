package io.switchgate.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;

/**
 * Ways to do network I/O.
 */
public enum Transport {

	/**
	 * The cheapest one that this machine has: io_uring, else epoll, else NIO.
	 */
	AUTO,

	/**
	 * Linux io_uring, with buffer rings (kernel 5.19).
	 */
	IO_URING,

	/**
	 * Linux epoll.
	 */
	EPOLL,

	/**
	 * Java NIO, everywhere.
	 */
	NIO;

	/**
	 * Returns whether this machine has this transport.
	 */
	public boolean isAvailable() {
		return switch (this) {
			case IO_URING -> BufferRing.isSupported();
			case EPOLL -> Epoll.isAvailable();
			case AUTO, NIO -> true;
		};
	}

	Transport resolve() {
		if (this != AUTO) {
			return this;
		}
		if (IO_URING.isAvailable()) {
			return IO_URING;
		}
		return EPOLL.isAvailable() ? EPOLL : NIO;
	}

	IoHandlerFactory ioHandlers() {
		return switch (resolve()) {
			case IO_URING -> BufferRing.ioHandlers();
			case EPOLL -> EpollHandler.factory();
			default -> NioIoHandler.newFactory();
		};
	}

}
