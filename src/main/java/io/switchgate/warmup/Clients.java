package io.switchgate.warmup;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * Clients that open tunnels one after the other until they are stopped. One whose tunnel
 * fails stops by itself.
 */
final class Clients {

	private final Bootstrap bootstrap = new Bootstrap();

	private final Map<SocketAddress, Channel> connections = new ConcurrentHashMap<>();

	private final LongAdder tunnels = new LongAdder();

	private final CountDownLatch running;

	private volatile boolean stopped;

	/**
	 * Creates clients.
	 * @param number how many they are
	 * @param eventLoops where they run
	 * @param gateway where they connect to
	 * @param tls context of their TLS, or null for clear text
	 * @param steps what each sends
	 */
	Clients(int number, LoopResources eventLoops, SocketAddress gateway, @Nullable SslContext tls,
			List<Script.Step> steps) {
		this.running = new CountDownLatch(number);
		EventLoopGroup loops = eventLoops.onServer(true);
		this.bootstrap.group(loops)
			.channelFactory(() -> eventLoops.onChannel(SocketChannel.class, loops))
			.remoteAddress(gateway)
			.handler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new Presence());
					if (tls != null) {
						channel.pipeline().addLast(tls.newHandler(channel.alloc()));
					}
					channel.pipeline().addLast(new Side(steps, tls != null, Clients.this::ended));
				}
			});
	}

	/**
	 * Returns the addresses of open connections. Each is there before the first byte of
	 * its connection.
	 */
	Set<SocketAddress> addresses() {
		return this.connections.keySet();
	}

	void start() {
		for (long i = this.running.getCount(); i > 0; i--) {
			connect();
		}
	}

	private void connect() {
		this.bootstrap.connect().addListener((connected) -> {
			if (!connected.isSuccess()) {
				this.running.countDown();
			}
		});
	}

	private void ended(boolean complete) {
		if (complete) {
			this.tunnels.increment();
		}
		if (complete && !this.stopped) {
			connect();
		}
		else {
			this.running.countDown();
		}
	}

	/**
	 * Waits until all have stopped.
	 * @return whether all have stopped in time
	 */
	boolean await(Duration time) throws InterruptedException {
		return this.running.await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Lets each stop after its tunnel, and cuts the tunnels that take too long.
	 * @param longest longest time for the last tunnels
	 */
	void stop(Duration longest) throws InterruptedException {
		this.stopped = true;
		if (!await(longest)) {
			this.connections.values().forEach(Channel::close);
		}
	}

	/**
	 * Returns the number of tunnels that have been opened and closed.
	 */
	long tunnels() {
		return this.tunnels.sum();
	}

	/**
	 * Keeps a connection while it is open.
	 */
	private final class Presence extends ChannelInboundHandlerAdapter {

		@Override
		public void channelActive(ChannelHandlerContext context) {
			Clients.this.connections.put(context.channel().localAddress(), context.channel());
			context.fireChannelActive();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			Clients.this.connections.remove(context.channel().localAddress());
			context.fireChannelInactive();
		}

	}

}
