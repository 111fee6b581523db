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

	private static final int SLICE_SECONDS = 5;

	/**
	 * What is left of the CPU time of the slice before when warming up is over.
	 */
	private static final double STEADY = 0.95;

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
		List<Contender> order = new ArrayList<>(
				contenders.stream().filter((contender) -> contender.supports(this.load)).toList());
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
			fail(round, contender, ex);
		}
		catch (RuntimeException | AssertionError ex) {
			fail(round, contender, ex);
		}
	}

	private void fail(int round, Contender contender, Throwable how) {
		String why = String.valueOf(how.getMessage());
		this.results.fail(this.load, contender, why.lines().findFirst().orElse(""));
		Throwable cause = how.getCause();
		report(round, contender, "failed: " + why + ((cause != null) ? "\n" + cause.getMessage() : ""));
		stop(contender);
	}

	private RunningContender started(Contender contender) {
		RunningContender started = this.running.get(contender);
		if (started == null) {
			RunningContender fresh = contender.start(this.surroundings, this.load.protocol());
			this.running.put(contender, fresh);
			if (contender.proxy() == Proxy.SWITCHGATE) {
				this.results.addTransport(fresh.usesIoUring() ? "io_uring" : "epoll");
			}
			this.load.warmUp().ifPresent((load) -> warmUp(contender, fresh, load));
			return fresh;
		}
		return started;
	}

	/**
	 * Goes on until compiled code is no longer getting better.
	 */
	private void warmUp(Contender contender, RunningContender proxy, Load load) {
		double last = Double.MAX_VALUE;
		for (int seconds = 0; seconds < this.plan.warmUp(); seconds += SLICE_SECONDS) {
			double cpu = put(load, proxy, Duration.ZERO, Duration.ofSeconds(SLICE_SECONDS)).getOrDefault(Figure.CPU,
					0.0);
			if (!contender.isJava() || cpu > STEADY * last) {
				return;
			}
			last = cpu;
		}
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
