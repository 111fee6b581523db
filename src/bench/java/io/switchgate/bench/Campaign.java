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
import io.switchgate.bench.traffic.WarmUp;
import io.switchgate.bench.traffic.WrongEchoException;

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
		if (this.load.isAboutStarts()) {
			this.surroundings.warmUp(WarmUp.of(this.plan.warmUp()));
		}
		List<Contender> order = new ArrayList<>(contenders.stream()
			.filter((contender) -> contender.hasColumn(this.load) && contender.supports(this.load))
			.toList());
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
			Map<Figure, Double> figures = put(this.load, proxy,
					new Pace(SETTLE, Duration.ofSeconds(this.plan.seconds()), warmUp(contender)));
			this.results.add(new Results.Result(round, this.load, contender, figures));
			report(round, contender, this.load.figures()
				.stream()
				.map((figure) -> Table.number(figures.getOrDefault(figure, Double.NaN)) + " (" + figure.label() + ")")
				.collect(Collectors.joining(", ")));
			if (this.load.needsFreshProcesses()) {
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
			RunningContender fresh = contender.start(this.surroundings, this.load);
			this.running.put(contender, fresh);
			if (contender.isGateway()) {
				this.results.addTransport(fresh.usesIoUring() ? "io_uring" : "epoll");
			}
			this.load.warmUp().ifPresent((before) -> warmUp(contender).run((pace) -> put(before, fresh, pace)));
			return fresh;
		}
		return started;
	}

	private WarmUp warmUp(Contender contender) {
		return contender.isJava() ? WarmUp.of(this.plan.warmUp()) : WarmUp.ONE_SLICE;
	}

	private Map<Figure, Double> put(Load load, RunningContender proxy, Pace pace) {
		return load.run(proxy.target(), this.surroundings.loop(), pace);
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
