package io.switchgate.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.switchgate.bench.traffic.Figure;
import io.switchgate.bench.traffic.Load;

/**
 * What was measured in each round, and what failed.
 */
final class Results {

	private final List<Result> results = new ArrayList<>();

	private final List<String> wrongEchoes = new ArrayList<>();

	private final Set<String> transports = new TreeSet<>();

	private final Map<Load, Map<Contender, String>> failures = new EnumMap<>(Load.class);

	void add(Result result) {
		this.results.add(result);
	}

	void fail(Load load, Contender contender, String why) {
		this.failures.computeIfAbsent(load, (key) -> new HashMap<>()).put(contender, why);
	}

	Optional<String> failure(Load load, Contender contender) {
		return Optional.ofNullable(this.failures.getOrDefault(load, Map.of()).get(contender));
	}

	/**
	 * Returns the values of a figure by round, as far as the proxy has it, and none if
	 * something failed.
	 */
	Map<Integer, Double> values(Load load, Contender contender, Figure figure) {
		Map<Integer, Double> values = new HashMap<>();
		this.results.stream()
			.filter((result) -> result.load() == load && result.contender().equals(contender))
			.filter((result) -> failure(load, contender).isEmpty())
			.filter((result) -> result.figures().containsKey(figure))
			.forEach((result) -> values.put(result.round(), result.figures().get(figure)));
		return values;
	}

	/**
	 * Keeps what makes the whole run worthless.
	 */
	void addWrongEcho(String what) {
		this.wrongEchoes.add(what);
	}

	/**
	 * Keeps a transport that the gateway was seen to use.
	 */
	void addTransport(String name) {
		this.transports.add(name);
	}

	List<String> transports() {
		return List.copyOf(this.transports);
	}

	List<String> wrongEchoes() {
		return this.wrongEchoes;
	}

	List<Result> all() {
		return this.results;
	}

	/**
	 * What was measured once.
	 *
	 * @param round number of the round, from 1
	 * @param load load that was put on it
	 * @param contender proxy that bore it
	 * @param figures what was measured
	 */
	record Result(int round, Load load, Contender contender, Map<Figure, Double> figures) {

	}

}
