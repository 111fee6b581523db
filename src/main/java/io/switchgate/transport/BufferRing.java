package io.switchgate.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringAdaptiveBufferRingAllocator;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.util.concurrent.EventExecutor;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/**
 * Receive buffers that all io_uring channels of an event loop share, so that a read can
 * wait in the kernel without a buffer of its own.
 *
 * <p>
 * Without a ring Netty polls before it reads, and a reset that arrives together with data
 * goes unnoticed: the poll has fired, and the read that follows reports the data only. No
 * issue is known; seen with Netty 4.2.18.
 */
final class BufferRing {

	private static final short GROUP = 0;

	/**
	 * Buffers to begin with, and to add whenever reads find none.
	 */
	private static final int BATCH = 16;

	private BufferRing() {
	}

	static boolean isSupported() {
		return IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
	}

	static IoHandlerFactory ioHandlers() {
		return (executor) -> {
			ReceiveBuffers buffers = new ReceiveBuffers();
			IoUringBufferRingConfig.Builder ring = IoUring.isRegisterBufferRingIncSupported() ? shared(buffers)
					: single();
			IoUringBufferRingConfig config = ring.bufferGroupId(GROUP).batchSize(BATCH).build();
			IoHandlerFactory rings = IoUringIoHandler
				.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(config));
			return new IoUringHandler(rings.newHandler(executor), (EventExecutor) executor, buffers);
		};
	}

	/**
	 * Buffers of 64 KiB that reads use up one after the other (kernel 6.12): they cost
	 * small messages nothing, and do not split large ones.
	 */
	private static IoUringBufferRingConfig.Builder shared(ReceiveBuffers buffers) {
		return IoUringBufferRingConfig.builder().incremental(true).bufferRingSize((short) 16).allocator(buffers);
	}

	/**
	 * Buffers for one read each, of 1 to 64 KiB, as large as reads have lately been.
	 */
	private static IoUringBufferRingConfig.Builder single() {
		return IoUringBufferRingConfig.builder()
			.incremental(false)
			.bufferRingSize((short) 256)
			.allocator(new IoUringAdaptiveBufferRingAllocator());
	}

	static HttpServer use(HttpServer server) {
		return server.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
	}

	static HttpClient use(HttpClient client) {
		return client.option(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
	}

}
