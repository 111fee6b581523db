package io.switchgate.bench.traffic;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;

/**
 * Clients of one proxy on one event loop. The first thing that goes wrong with any of
 * them ends all.
 */
final class Crowd implements AutoCloseable {

	private static final int AT_ONCE = 16;

	private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

	private static final long SEED = 6455;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	/**
	 * Time in which an echo too many would come.
	 */
	private static final Duration LAST_MOMENT = Duration.ofMillis(20);

	private static final Duration POLL = Duration.ofMillis(5);

	private volatile Target target;

	private final Protocol protocol;

	private final EventLoop loop;

	private final Streams streams = new Streams(this);

	private final ChannelGroup channels;

	private final CompletableFuture<Void> failure = new CompletableFuture<>();

	private final SplittableRandom random = new SplittableRandom(SEED);

	private volatile boolean closed;

	private int numbers;

	private int open;

	Crowd(Target target, Protocol protocol, EventLoop loop) {
		this.target = target;
		this.protocol = protocol;
		this.loop = loop;
		this.channels = new DefaultChannelGroup(loop, true);
	}

	int port() {
		return this.target.port();
	}

	Target target() {
		return this.target;
	}

	/**
	 * Lets clients connect to another proxy from now on.
	 */
	void moveTo(Target another) {
		this.target = another;
	}

	Protocol protocol() {
		return this.protocol;
	}

	SplittableRandom random() {
		return this.random;
	}

	int nextNumber() {
		return ++this.numbers;
	}

	EventLoop loop() {
		return this.loop;
	}

	Meter meter() {
		return this.target.meter();
	}

	void opened() {
		this.open++;
	}

	void fail(TrafficException how) {
		this.failure.completeExceptionally(how);
	}

	/**
	 * Opens tunnels and waits until all are there.
	 */
	List<Client> open(int count, Conversation conversation) {
		List<Client> clients = onLoop(() -> {
			List<Client> created = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				created.add(new Client(this, conversation, i));
			}
			return created;
		});
		int before = onLoop(() -> this.open);
		for (int i = 0; i < count; i++) {
			int last = before + i;
			await("handshakes", () -> last - this.open < AT_ONCE);
			connect(clients.get(i));
		}
		await("handshakes", () -> this.open == before + count);
		return clients;
	}

	void connect(Client client) {
		if (this.closed) {
			return;
		}
		if (this.protocol == Protocol.H2C) {
			this.streams.open(client);
		}
		else {
			dial(client).addListener((connected) -> {
				if (!connected.isSuccess()) {
					client.broken(new TrafficException("no connection: " + connected.cause().getMessage()));
				}
			});
		}
	}

	/**
	 * Opens a connection.
	 */
	ChannelFuture dial(ChannelHandler... handlers) {
		return new Bootstrap().group(this.loop)
			.channel(EpollSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					Crowd.this.channels.add(channel);
					SslContext tls = Crowd.this.target.tls();
					if (tls != null) {
						channel.pipeline().addLast(tls.newHandler(channel.alloc(), "127.0.0.1", port()));
					}
					channel.pipeline().addLast(handlers);
				}

			})
			.connect(InetAddress.getLoopbackAddress(), port());
	}

	/**
	 * Lets time pass, unless something fails.
	 */
	void pass(Duration time) {
		try {
			this.failure.get(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			// Nothing has failed.
		}
		catch (ExecutionException ex) {
			throw (TrafficException) ex.getCause();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Ends an activity and waits until everything has come back.
	 */
	void end(Activity activity) {
		run(activity::stop);
		if (!isSoon(() -> activity.underWay() == 0)) {
			throw new WrongEchoException(activity.underWay() + " messages did not come back");
		}
		pass(LAST_MOMENT);
	}

	private void await(String what, Callable<Boolean> condition) {
		if (!isSoon(condition)) {
			throw new TrafficException(what + " took more than " + DEADLINE.toSeconds() + " seconds");
		}
	}

	private boolean isSoon(Callable<Boolean> condition) {
		return isWithin(DEADLINE, condition);
	}

	/**
	 * Waits until something is so, for some time at most.
	 */
	boolean isWithin(Duration time, Callable<Boolean> condition) {
		long end = System.nanoTime() + time.toNanos();
		while (!onLoop(condition)) {
			if (System.nanoTime() > end) {
				return false;
			}
			pass(POLL);
		}
		return true;
	}

	void run(Runnable task) {
		this.loop.submit(task).syncUninterruptibly();
	}

	<T> T onLoop(Callable<T> task) {
		return this.loop.submit(task).syncUninterruptibly().getNow();
	}

	@Override
	public void close() {
		this.closed = true;
		this.channels.close().awaitUninterruptibly(DEADLINE.toMillis());
	}

}
