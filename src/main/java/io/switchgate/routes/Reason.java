package io.switchgate.routes;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.core.convert.ConversionFailedException;

/**
 * Finds the sentence in an exception that says most.
 */
final class Reason {

	private Reason() {
	}

	/**
	 * Returns what a failed conversion expected, else what the innermost cause says.
	 */
	static String of(Throwable error) {
		Throwable innermost = error;
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion && isValue(conversion)) {
				return "'" + conversion.getValue() + "' (expected: " + expected(conversion.getTargetType().getType())
						+ ")";
			}
			innermost = cause;
		}
		return String.valueOf(innermost.getMessage());
	}

	/**
	 * What makes a predicate out of a text says itself what it expects.
	 */
	private static boolean isValue(ConversionFailedException conversion) {
		Class<?> type = conversion.getTargetType().getType();
		return type.isEnum() || !type.getName().startsWith("org.springframework.cloud.");
	}

	private static String expected(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", "));
		}
		return "a value of type " + type.getSimpleName();
	}

}
