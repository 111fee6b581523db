package io.switchgate.transport;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * Limits the direct memory of Netty and Reactor Netty with system properties. A property
 * that the operator has set keeps its value.
 */
final class NettyMemory {

	/**
	 * Number of pieces of a body that Reactor Netty requests before it has written the
	 * first one. The default of Reactor Netty is 128. Each piece may hold a receive
	 * buffer of 64 KiB, and a client may leave many streams unread.
	 */
	private static final String PREFETCH = "reactor.netty.send.maxPrefetchSize";

	private static final int PIECES = 8;

	/**
	 * Limit of Netty's direct memory, in bytes. An allocation above this limit fails at
	 * once. Netty's default is the limit of the JVM. An allocation above the JVM's limit
	 * blocks the event loop for half a second, while the JVM waits for the garbage
	 * collector.
	 */
	private static final String MAX_DIRECT = "io.netty.maxDirectMemory";

	/**
	 * One part in so many of the JVM's direct memory is not for Netty: the JDK and the
	 * rings of io_uring need some as well.
	 */
	private static final int PARTS = 8;

	private NettyMemory() {
	}

	/**
	 * Sets the properties. Netty and Reactor Netty read them once, when they are first
	 * used.
	 */
	static void bound() {
		setIfAbsent(PREFETCH, PIECES);
		long most = mostDirectMemory();
		setIfAbsent(MAX_DIRECT, most - most / PARTS);
	}

	/**
	 * Without an option for it, the JVM allows as much direct memory as heap.
	 */
	private static long mostDirectMemory() {
		HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		long most = Long.parseLong(options.getVMOption("MaxDirectMemorySize").getValue());
		return (most > 0) ? most : Runtime.getRuntime().maxMemory();
	}

	private static void setIfAbsent(String property, long value) {
		if (System.getProperty(property) == null) {
			System.setProperty(property, String.valueOf(value));
		}
	}

}
