package io.switchgate.routes;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.core.convert.ConversionFailedException;

/**
 * Predicate or filter as the configuration has it.
 *
 * @param kind {@code predicate} or {@code filter}
 * @param name name of its factory
 * @param args arguments by name; generated names in the short form
 */
record RouteElement(String kind, String name, Map<String, String> args) {

	static RouteElement of(FilterDefinition filter) {
		return new RouteElement("filter", String.valueOf(filter.getName()), filter.getArgs());
	}

	static RouteElement of(PredicateDefinition predicate) {
		return new RouteElement("predicate", String.valueOf(predicate.getName()), predicate.getArgs());
	}

	InvalidRouteException unknown(String route, String allowed) {
		return new InvalidRouteException("route " + route + ", " + this.kind + " " + this + ": unknown " + this.kind
				+ " (expected: one of " + allowed + ")");
	}

	InvalidRouteException invalid(String route, Throwable error) {
		return new InvalidRouteException("route " + route + ", " + this.kind + " " + this + ": " + reason(error),
				error);
	}

	/**
	 * Finds the sentence that says most: that of a failed conversion, else the innermost.
	 */
	private static String reason(Throwable error) {
		Throwable innermost = error;
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion) {
				return "'" + conversion.getValue() + "' (expected: " + expected(conversion.getTargetType().getType())
						+ ")";
			}
			innermost = cause;
		}
		return String.valueOf(innermost.getMessage());
	}

	private static String expected(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name())
				.collect(Collectors.joining(", "));
		}
		return "a value of type " + type.getSimpleName();
	}

	@Override
	public String toString() {
		String values = this.args.entrySet().stream().map(RouteElement::argument).collect(Collectors.joining(", "));
		return values.isEmpty() ? this.name : this.name + "=" + values;
	}

	private static String argument(Map.Entry<String, String> argument) {
		boolean generated = argument.getKey().startsWith("_genkey_");
		return generated ? argument.getValue() : argument.getKey() + ":" + argument.getValue();
	}

}
