package io.switchgate.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchgate.bench.traffic.Figure;
import io.switchgate.bench.traffic.Load;
import io.switchgate.bench.traffic.Pace;
import io.switchgate.bench.traffic.WrongEchoException;
import io.switchgate.peers.Proxy;

/**
 * Puts one load on all proxies in turn, round after round. Each round begins with another
 * one. Whoever fails is left out until the next load.
 */
final class Campaign implements AutoCloseable {

	private static final PrintStream CONSOLE = System.out;

	private static final Duration SETTLE = Duration.ofSeconds(1);

	private final Load load;

	private final Options.Plan plan;

	private final Surroundings surroundings;

	private final Results results;

	private final Map<Contender, RunningContender> running = new HashMap<>();

	Campaign(Load load, Options.Plan plan, Surroundings surroundings, Results results) {
		this.load = load;
		this.plan = plan;
		this.surroundings = surroundings;
		this.results = results;
	}

	void run(List<Contender> contenders) {
		List<Contender> order = new ArrayList<>(contenders);
		for (int round = 1; round <= this.plan.rounds(); round++) {
			for (Contender contender : order) {
				if (this.results.failure(this.load, contender).isEmpty()) {
					play(round, contender);
				}
			}
			Collections.rotate(order, -1);
		}
	}

	private void play(int round, Contender contender) {
		try {
			RunningContender proxy = started(contender);
			Map<Figure, Double> figures = put(this.load, proxy, SETTLE, Duration.ofSeconds(this.plan.seconds()));
			this.results.add(new Results.Result(round, this.load, contender, figures));
			report(round, contender, this.load.figures()
				.stream()
				.map((figure) -> Table.number(figures.getOrDefault(figure, Double.NaN)) + " (" + figure.label() + ")")
				.collect(Collectors.joining(", ")));
			if (this.load.isMemory()) {
				stop(contender);
			}
		}
		catch (WrongEchoException ex) {
			this.results.addWrongEcho(contender.label() + ", " + this.load.label() + ": " + ex.getMessage());
			fail(round, contender, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException | AssertionError ex) {
			fail(round, contender, String.valueOf(ex.getMessage()));
		}
	}

	private void fail(int round, Contender contender, String why) {
		this.results.fail(this.load, contender, why);
		report(round, contender, "failed: " + why);
		stop(contender);
	}

	private RunningContender started(Contender contender) {
		RunningContender started = this.running.get(contender);
		if (started == null) {
			RunningContender fresh = contender.start(this.surroundings, this.load.isEncrypted());
			this.running.put(contender, fresh);
			Duration warmUp = Duration.ofSeconds(contender.isJava() ? this.plan.warmUp() : 1);
			if (contender.proxy() == Proxy.SWITCHGATE) {
				this.results.addTransport(fresh.usesIoUring() ? "io_uring" : "epoll or NIO");
			}
			this.load.warmUp().ifPresent((load) -> put(load, fresh, Duration.ZERO, warmUp));
			return fresh;
		}
		return started;
	}

	private Map<Figure, Double> put(Load load, RunningContender proxy, Duration settle, Duration measure) {
		return load.run(proxy.target(), this.surroundings.loop(), new Pace(settle, measure));
	}

	private void report(int round, Contender contender, String what) {
		CONSOLE.println(this.load.label() + ", round " + round + ", " + contender.label() + ": " + what);
	}

	private void stop(Contender contender) {
		RunningContender proxy = this.running.remove(contender);
		if (proxy != null) {
			proxy.close();
		}
	}

	@Override
	public void close() {
		List.copyOf(this.running.keySet()).forEach(this::stop);
	}

}
