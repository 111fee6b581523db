package io.switchgate.routes;

import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;

/**
 * Predicate or filter as the configuration has it.
 *
 * @param kind {@code predicate} or {@code filter}
 * @param name name of its factory
 * @param args arguments by name; generated names in the short form
 */
record RouteElement(String kind, String name, Map<String, String> args) {

	private static final String GENERATED = "_genkey_";

	static RouteElement of(FilterDefinition filter) {
		return new RouteElement("filter", String.valueOf(filter.getName()), filter.getArgs());
	}

	static RouteElement of(PredicateDefinition predicate) {
		return new RouteElement("predicate", String.valueOf(predicate.getName()), predicate.getArgs());
	}

	static boolean isGenerated(String argument) {
		return argument.startsWith(GENERATED);
	}

	/**
	 * Returns a sentence about this element.
	 */
	String says(String what) {
		return this.kind + " " + this + ": " + what;
	}

	@Override
	public String toString() {
		String values = this.args.entrySet().stream().map(RouteElement::argument).collect(Collectors.joining(", "));
		return values.isEmpty() ? this.name : this.name + "=" + values;
	}

	private static String argument(Map.Entry<String, String> argument) {
		return isGenerated(argument.getKey()) ? argument.getValue() : argument.getKey() + ":" + argument.getValue();
	}

}
