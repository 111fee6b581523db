package io.switchgate.routes;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;

/**
 * Finds the most useful sentence in an exception.
 */
public final class Reason {

	private Reason() {
	}

	/**
	 * Returns a sentence about an error in a part of the configuration. The message of an
	 * IllegalArgumentException already is one.
	 */
	public static String sentence(Throwable error) {
		return (error instanceof IllegalArgumentException) ? String.valueOf(error.getMessage()) : of(error);
	}

	/**
	 * Returns what a failed conversion expected, or else the message of the innermost
	 * cause.
	 */
	public static String of(Throwable error) {
		Throwable innermost = error;
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion && isValue(conversion)) {
				return "'" + conversion.getValue() + "' (expected: " + expected(conversion.getTargetType().getType())
						+ ")";
			}
			if (cause instanceof BindValidationException validation) {
				return of(validation.getValidationErrors());
			}
			if (cause instanceof PatternSyntaxException syntax) {
				// Leave out the pattern, which may be a secret.
				return syntax.getDescription() + " at character " + syntax.getIndex();
			}
			innermost = cause;
		}
		return String.valueOf(innermost.getMessage());
	}

	private static String of(ValidationErrors errors) {
		return errors.getAllErrors()
			.stream()
			.map((error) -> ((error instanceof FieldError field) ? field.getField() + " " : "")
					+ error.getDefaultMessage())
			.sorted()
			.collect(Collectors.joining(", "));
	}

	/**
	 * Returns whether a conversion was to a plain value. Spring Cloud Gateway's own types
	 * report themselves what they expect.
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
