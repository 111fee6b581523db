package io.switchgate.transport;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.netty.resources.LoopResources;

/**
 * Divides the files that the process may open. It subtracts the files that are open at
 * the start and a reserve for everything else. Half of the rest is for connections of
 * clients and half for connections to upstreams, because a tunnel needs one of each.
 */
public final class OpenFiles implements SmartLifecycle {

	private static final int SHARE_WHERE_UNLIMITED = 10_000;

	private final int reserved;

	private final AtomicInteger upstreams = new AtomicInteger();

	private volatile int share = SHARE_WHERE_UNLIMITED;

	private volatile boolean running;

	OpenFiles(int reserved) {
		this.reserved = reserved;
	}

	/**
	 * Starts just before the servers, when everything that they need has been opened.
	 */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
	}

	@Override
	public void start() {
		this.running = true;
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
			this.share = share(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount(), this.reserved);
		}
	}

	static int share(long max, long open, int reserved) {
		long share = (max - open - reserved) / 2;
		if (share < 1) {
			throw new IllegalStateException("The process may open " + max + " files, of which " + open
					+ " are open and " + reserved + " reserved by switchgate.transport.reserved-files (expected: "
					+ (open + reserved + 2) + " at least, see ulimit -n)");
		}
		return (int) Math.min(share, Integer.MAX_VALUE);
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Returns how many files connections must leave free.
	 */
	public int reserved() {
		return this.reserved;
	}

	/**
	 * Returns how many connections clients may have; the gateway may have as many to
	 * upstreams.
	 * @return half of the files that are left for connections
	 */
	public int share() {
		return this.share;
	}

	/**
	 * Returns one event loop, for an HTTP client whose connections are counted.
	 * @return loop resources with only this loop
	 */
	public LoopResources on(EventLoop loop) {
		return new OneLoop(loop, this);
	}

	/**
	 * Opens a connection to an upstream.
	 * @param factory makes its channel
	 * @return channel, which is counted until it is closed
	 * @throws TooManyOpenFilesException if there is no file for it
	 */
	<C extends Channel> C open(Supplier<C> factory) {
		int most = this.share;
		if (this.upstreams.incrementAndGet() > most) {
			this.upstreams.decrementAndGet();
			throw new TooManyOpenFilesException("More than " + most + " connections (expected: at most that many)");
		}
		try {
			C channel = factory.get();
			channel.closeFuture().addListener((closed) -> this.upstreams.decrementAndGet());
			return channel;
		}
		catch (ChannelException ex) {
			this.upstreams.decrementAndGet();
			throw new TooManyOpenFilesException("No socket", ex);
		}
	}

	/**
	 * One of several event loops.
	 *
	 * @param loop event loop
	 * @param files count of its connections
	 */
	private record OneLoop(EventLoop loop, OpenFiles files) implements CountedLoops {

		@Override
		public EventLoopGroup onServer(boolean useNative) {
			return this.loop;
		}

	}

}
