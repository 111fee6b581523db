package io.switchgate.acceptance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Condition that the programs of {@link RequiresTool} exist.
 */
class ToolCondition implements ExecutionCondition {

	// Surefire redirects System.err to a file, but skipped tests must show on the
	// console.
	private static final PrintStream CONSOLE = new PrintStream(new FileOutputStream(FileDescriptor.err), true,
			StandardCharsets.UTF_8);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), RequiresTool.class)
			.stream()
			.flatMap((required) -> Stream.of(required.value()))
			.filter((tool) -> Tool.find(tool).isEmpty())
			.toList();
		if (missing.isEmpty()) {
			return ConditionEvaluationResult.enabled("Every tool is there");
		}
		String reason = "Missing on this machine: " + String.join(", ", missing);
		if ("true".equals(System.getenv("CI"))) {
			throw new IllegalStateException(reason);
		}
		CONSOLE.println("Skipped " + context.getDisplayName() + ". " + reason);
		return ConditionEvaluationResult.disabled(reason);
	}

}
