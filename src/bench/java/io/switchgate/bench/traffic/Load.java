package io.switchgate.bench.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.netty.channel.EventLoop;

/**
 * The loads, in the order of the table.
 */
public enum Load {

	/** 100 clients, each with one message of 64 bytes under way. */
	CLOSED_64(Protocol.CLEAR, closed(100, Size.SMALL), Figure.CPU, Figure.RATE),

	/** 100 clients, each with one message of 1 KiB under way. */
	CLOSED_1K(Protocol.CLEAR, closed(100, Size.KIBIBYTE), Figure.CPU),

	/** 50 clients, each with one message of 16 KiB under way. */
	CLOSED_16K(Protocol.CLEAR, closed(50, 16 * Size.KIBIBYTE), Figure.CPU),

	/** 10 clients, each with one message of 128 KiB under way. */
	CLOSED_128K(Protocol.CLEAR, closed(10, 128 * Size.KIBIBYTE), Figure.CPU),

	/** 4 clients, each with one message of 1 MiB under way. */
	CLOSED_1M(Protocol.CLEAR, closed(4, 1024 * Size.KIBIBYTE), Figure.CPU),

	/** 1,000 clients that send ten messages of 64 bytes in a second each. */
	OPEN(Protocol.CLEAR, open(1000, Duration.ofMillis(100)), Figure.CPU, Figure.MEDIAN, Figure.P99, Figure.P999),

	/** The load closed-64 over TLS. */
	TLS_CLOSED_64(Protocol.TLS, closed(100, Size.SMALL), Figure.CPU),

	/** The load closed-16k over TLS. */
	TLS_CLOSED_16K(Protocol.TLS, closed(50, 16 * Size.KIBIBYTE), Figure.CPU),

	/** The load open over TLS. */
	TLS_OPEN(Protocol.TLS, open(1000, Duration.ofMillis(100)), Figure.CPU, Figure.MEDIAN, Figure.P99, Figure.P999),

	/** The load closed-64 over HTTP/2, ten tunnels on each connection. */
	H2_CLOSED_64(Protocol.H2C, closed(100, Size.SMALL), Figure.CPU, Figure.RATE),

	/** The load closed-16k over HTTP/2, ten tunnels on each connection. */
	H2_CLOSED_16K(Protocol.H2C, closed(50, 16 * Size.KIBIBYTE), Figure.CPU),

	/** The load handshakes over HTTP/2, on connections that stay. */
	H2_HANDSHAKES(Protocol.H2C, visits(0), Figure.CPU, Figure.P99),

	/** 16 clients at a time that leave with a FIN when they have their 101. */
	HANDSHAKES(Protocol.CLEAR, visits(0), Figure.CPU, Figure.P99),

	/** 16 clients at a time that send ten messages and close. */
	CHURN(Protocol.CLEAR, visits(10), Figure.CPU),

	/** 9,000 clients that send a message of 64 bytes in a second each. */
	CHATTER(Protocol.CLEAR, open(9000, Duration.ofSeconds(1)), Figure.CPU, Figure.P99),

	/** 100 clients that all send 20 messages of 64 bytes at once, every 200 ms. */
	BURST(Protocol.CLEAR, beat(new Beat(100, Duration.ofMillis(200), 20, true)), Figure.CPU, Figure.P99),

	/** The load closed-64 of 50 clients, beside 50 that read 80 KiB in a second. */
	SLOW_READERS(Protocol.CLEAR, new Bystanders(50, 50), Figure.CPU, Figure.RATE, Figure.GROWTH),

	/** 8 clients at a time as in handshakes, from the moment that a process is ready. */
	FIRST_SECONDS(Protocol.CLEAR, new FirstSeconds(visitors(8, 0)), FirstSeconds.figures()),

	/** 5,000 clients that come back at once when their tunnels are cut. */
	STORM(Protocol.CLEAR, new Storm(5000, visits(0)), Storm.figures()),

	/** 5,000 tunnels in which nothing is said after one message. */
	IDLE(Protocol.CLEAR, new Idle(5000, 500), Figure.TUNNEL_MEMORY, Figure.LIVE_TUNNEL_MEMORY),

	/** No load at all. */
	REST(Protocol.CLEAR, new Rest(), Figure.MEMORY, Figure.START);

	private final Protocol protocol;

	private final Scenario scenario;

	private final List<Figure> figures;

	Load(Protocol protocol, Scenario scenario, Figure... figures) {
		this.protocol = protocol;
		this.scenario = scenario;
		this.figures = List.of(figures);
	}

	private static Talk closed(int connections, int size) {
		return new Talk((crowd, tally) -> new ClosedLoop(crowd, tally, connections, size));
	}

	private static Talk visits(int messages) {
		return new Talk(visitors(16, messages));
	}

	private static Talk.Opener visitors(int atOnce, int messages) {
		return (crowd, tally) -> new Visits(crowd, tally, atOnce, messages);
	}

	private static Talk open(int connections, Duration period) {
		return beat(new Beat(connections, period, 1, false));
	}

	private static Talk beat(Beat beat) {
		return new Talk((crowd, tally) -> new OpenLoop(crowd, tally, beat, Size.SMALL));
	}

	/**
	 * Returns the name as options and tables have it.
	 * @return name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns what lines of configurations begin with that only this load needs.
	 * @return marker
	 */
	public String marker() {
		return "@" + label() + "@";
	}

	/**
	 * Returns what clients speak.
	 * @return what the proxy has to
	 */
	public Protocol protocol() {
		return this.protocol;
	}

	/**
	 * Returns whether a round needs processes that have done nothing yet.
	 * @return whether each round has its own
	 */
	public boolean needsFreshProcesses() {
		return !(this.scenario instanceof Talk);
	}

	/**
	 * Returns whether it is about processes that have just started, so that it matters
	 * how they are started.
	 * @return whether the gateway starts from what it kept of a start before
	 */
	public boolean isAboutStarts() {
		return this == FIRST_SECONDS || this == STORM;
	}

	/**
	 * Returns what prepares a proxy whose code is compiled while it runs.
	 * @return load to do before, if any
	 */
	public Optional<Load> warmUp() {
		return switch (this) {
			case FIRST_SECONDS, STORM, IDLE, REST -> Optional.empty();
			// Too slow by themselves to have their code compiled in time.
			case OPEN, BURST, CHATTER, SLOW_READERS -> Optional.of(CLOSED_64);
			case TLS_OPEN -> Optional.of(TLS_CLOSED_64);
			default -> Optional.of(this);
		};
	}

	/**
	 * Returns what the table shows.
	 * @return figures in order
	 */
	public List<Figure> figures() {
		return this.figures;
	}

	/**
	 * Loads a proxy.
	 * @param target proxy to load
	 * @param loop event loop of the clients
	 * @param pace how long it lasts
	 * @return everything that was measured
	 */
	public Map<Figure, Double> run(Target target, EventLoop loop, Pace pace) {
		try (Crowd crowd = new Crowd(target, this.protocol, loop)) {
			return this.scenario.play(crowd, pace);
		}
	}

	/**
	 * Bytes of messages.
	 */
	private static final class Size {

		static final int SMALL = 64;

		static final int KIBIBYTE = 1024;

	}

}
