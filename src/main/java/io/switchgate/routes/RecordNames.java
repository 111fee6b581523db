package io.switchgate.routes;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of a record's components as a configuration writes them.
 */
public final class RecordNames {

	private RecordNames() {
	}

	/**
	 * Finds the component with a name, ignoring dashes and case.
	 */
	public static Optional<RecordComponent> find(Class<?> type, String name) {
		String uniform = name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
		return Stream.of(type.getRecordComponents())
			.filter((component) -> component.getName().toLowerCase(Locale.ROOT).equals(uniform))
			.findFirst();
	}

	/**
	 * Returns all names, as in {@code close-wait, open-tunnels}.
	 */
	public static String list(Class<?> type) {
		return Stream.of(type.getRecordComponents())
			.map((component) -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
