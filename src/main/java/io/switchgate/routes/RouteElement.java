package io.switchgate.routes;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;

import io.switchgate.journal.Redaction;

/**
 * Predicate or filter as the configuration writes it.
 *
 * @param kind {@code predicate} or {@code filter}
 * @param name name of its factory
 * @param args arguments by name; generated names in the short form
 * @param redaction hides secrets where this is printed
 */
public record RouteElement(String kind, String name, Map<String, String> args, Redaction redaction) {

	private static final String GENERATED = "_genkey_";

	/**
	 * Predicates and filters whose first argument is the name of a header, followed by
	 * its value.
	 */
	private static final Pattern OF_HEADERS = Pattern.compile("((Add|Set|Rewrite)\\w*)?Headers?([A-Z]\\w*)?");

	/**
	 * The same for those whose value is always hidden.
	 */
	private static final Pattern OF_OTHERS = Pattern.compile("((Add|Set|Rewrite)\\w*)?(Cookie|Parameter|Query)");

	private static final Set<String> NAMES = Set.of(GENERATED + "0", "name", "header", "param");

	private static final Pattern USER = Pattern.compile("(?<=//)[^/?#@\\s]+(?=@)");

	public static RouteElement of(FilterDefinition filter, Redaction redaction) {
		return new RouteElement("filter", String.valueOf(filter.getName()), filter.getArgs(), redaction);
	}

	public static RouteElement of(PredicateDefinition predicate, Redaction redaction) {
		return new RouteElement("predicate", String.valueOf(predicate.getName()), predicate.getArgs(), redaction);
	}

	static boolean isGenerated(String argument) {
		return argument.startsWith(GENERATED);
	}

	/**
	 * Returns a sentence with this element as its subject.
	 */
	String says(String what) {
		return this.kind + " " + this + ": " + what;
	}

	/**
	 * Returns this element without secrets.
	 */
	@Override
	public String toString() {
		String values = this.args.entrySet()
			.stream()
			.map((argument) -> (isGenerated(argument.getKey()) ? "" : argument.getKey() + ":") + shown(argument))
			.collect(Collectors.joining(", "));
		return values.isEmpty() ? this.name : this.name + "=" + values;
	}

	private String shown(Map.Entry<String, String> argument) {
		String value = argument.getValue();
		boolean ofHeader = OF_HEADERS.matcher(this.name).matches();
		if (!ofHeader && !OF_OTHERS.matcher(this.name).matches()) {
			return USER.matcher(value).replaceAll(Redaction.HIDDEN);
		}
		if (NAMES.contains(argument.getKey()) || this.name.endsWith("IfNotPresent")) {
			// Name and value may be in one argument, as in X-Color:blue.
			String subject = subject(value);
			return value.equals(subject) ? value
					: subject + ":" + this.redaction.header(subject, value.substring(subject.length() + 1));
		}
		return ofHeader ? this.redaction.header(subject(), value) : Redaction.HIDDEN;
	}

	private String subject() {
		return this.args.entrySet()
			.stream()
			.filter((argument) -> NAMES.contains(argument.getKey()))
			.map((argument) -> subject(argument.getValue()))
			.findFirst()
			.orElse("");
	}

	private static String subject(String argument) {
		int colon = argument.indexOf(':');
		return (colon != -1) ? argument.substring(0, colon) : argument;
	}

}
