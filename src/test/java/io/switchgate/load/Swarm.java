package io.switchgate.load;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.awaitility.Awaitility;

/**
 * Clients that open a tunnel each, and open it again whenever it breaks.
 */
final class Swarm implements AutoCloseable {

	private static final int CONNECT_TIMEOUT_MILLIS = 60_000;

	private final Bootstrap bootstrap;

	private final URI uri;

	private final List<SwarmClient> clients;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger losses = new AtomicInteger();

	private final LongAdder sent = new LongAdder();

	private final LongAdder echoes = new LongAdder();

	private final LongAdder turnedAway = new LongAdder();

	private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();

	private volatile boolean closed;

	Swarm(EventLoopGroup loops, int port, int size) {
		this.uri = URI.create("ws://127.0.0.1:" + port + GatewayProcess.PATH);
		this.bootstrap = new Bootstrap().group(loops)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.remoteAddress(InetAddress.getLoopbackAddress(), port);
		this.clients = IntStream.range(0, size).mapToObj((i) -> new SwarmClient(this)).toList();
	}

	void connect() {
		this.clients.forEach(SwarmClient::connect);
	}

	/**
	 * Waits until every client has seen the echo of a message.
	 */
	void awaitAllOpen(Duration deadline) {
		Awaitility.await()
			.atMost(deadline)
			.pollInterval(Duration.ofMillis(20))
			.until(this.open::get, (count) -> count == this.clients.size());
	}

	/**
	 * Waits until every client has lost its tunnel since {@link #startCounting()} and got
	 * a new one.
	 */
	void awaitAllBack(Duration deadline) {
		Awaitility.await()
			.atMost(deadline)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.losses.get() >= this.clients.size() && this.open.get() == this.clients.size());
	}

	/**
	 * Lets every client send a message.
	 */
	void talk() {
		this.clients.forEach(SwarmClient::talk);
	}

	/**
	 * Returns the number of messages that {@link #talk()} has sent.
	 */
	long sent() {
		return this.sent.sum();
	}

	/**
	 * Returns the number of echoes of these messages.
	 */
	long echoes() {
		return this.echoes.sum();
	}

	/**
	 * Returns the number of tunnels that have broken since {@link #startCounting()}.
	 */
	int losses() {
		return this.losses.get();
	}

	/**
	 * Resets the counts of broken tunnels and failed handshakes.
	 */
	void startCounting() {
		this.losses.set(0);
		this.turnedAway.reset();
		this.failures.clear();
	}

	/**
	 * Returns for how many milliseconds each client was last without a tunnel, in
	 * ascending order.
	 */
	long[] absences() {
		return this.clients.stream()
			.flatMapToLong((client) -> LongStream.of(client.absenceMillis()))
			.sorted()
			.toArray();
	}

	/**
	 * Returns the number of handshakes that ended with 503.
	 */
	long turnedAway() {
		return this.turnedAway.sum();
	}

	/**
	 * Returns the number of handshakes that failed otherwise, by status or error.
	 */
	String failures() {
		return this.failures.isEmpty() ? "none" : this.failures.toString();
	}

	Bootstrap bootstrap() {
		return this.bootstrap;
	}

	URI uri() {
		return this.uri;
	}

	void opened() {
		this.open.incrementAndGet();
	}

	void lost() {
		this.open.decrementAndGet();
		this.losses.incrementAndGet();
	}

	void talked() {
		this.sent.increment();
	}

	void heard() {
		this.echoes.increment();
	}

	void wasTurnedAway() {
		this.turnedAway.increment();
	}

	void failed(String how) {
		this.failures.computeIfAbsent(how, (key) -> new LongAdder()).increment();
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		this.clients.forEach(SwarmClient::close);
	}

}
