package io.switchgate.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringAdaptiveBufferRingAllocator;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/**
 * Receive buffers that all io_uring channels of an event loop share, so that a read can
 * wait in the kernel without a buffer of its own.
 *
 * <p>
 * Without a ring Netty polls before it reads, and a reset that arrives together with data
 * goes unnoticed: the poll has fired, and the read that follows reports the data only.
 */
final class BufferRing {

	private static final short GROUP = 0;

	/**
	 * Buffers of 1 to 64 KiB, as large as reads have lately been.
	 */
	private static final short BUFFERS = 256;

	private static final int BATCH = 32;

	private BufferRing() {
	}

	static boolean isSupported() {
		return IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
	}

	static IoHandlerFactory ioHandlers() {
		IoUringBufferRingConfig ring = IoUringBufferRingConfig.builder()
			.bufferGroupId(GROUP)
			.bufferRingSize(BUFFERS)
			.batchSize(BATCH)
			.allocator(new IoUringAdaptiveBufferRingAllocator())
			.build();
		return IoUringHandler
			.factory(IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(ring)));
	}

	static HttpServer use(HttpServer server) {
		return server.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
	}

	static HttpClient use(HttpClient client) {
		return client.option(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
	}

}
