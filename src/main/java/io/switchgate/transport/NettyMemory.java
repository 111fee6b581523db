package io.switchgate.transport;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * Bounds what Netty and Reactor Netty take of direct memory, by system properties that an
 * operator may set otherwise.
 */
final class NettyMemory {

	/**
	 * Pieces of a body that Reactor Netty asks for before the first of them is written.
	 * Of its own 128, each may hold a receive buffer of 64 KiB, on every stream that a
	 * client leaves unread.
	 */
	private static final String PREFETCH = "reactor.netty.send.maxPrefetchSize";

	private static final int PIECES = 8;

	/**
	 * Most direct memory of Netty, in bytes. Above it Netty fails at once. At the limit
	 * of the JVM, which is Netty's own, each allocation first waits half a second for the
	 * garbage collector, and so does the event loop.
	 */
	private static final String MAX_DIRECT = "io.netty.maxDirectMemory";

	/**
	 * What is left to others, as a part of all direct memory.
	 */
	private static final int REST = 8;

	private NettyMemory() {
	}

	/**
	 * Comes before the first use of Netty.
	 */
	static void bound() {
		setIfAbsent(PREFETCH, PIECES);
		long most = mostDirectMemory();
		setIfAbsent(MAX_DIRECT, most - most / REST);
	}

	/**
	 * Unless it is set, the JVM allows as much direct memory as heap.
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
