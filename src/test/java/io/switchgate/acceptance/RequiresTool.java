package io.switchgate.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips tests on a machine that lacks one of their programs. In continuous integration,
 * where {@code CI} is {@code true}, they fail instead.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ToolCondition.class)
public @interface RequiresTool {

	/**
	 * Names of the programs.
	 */
	String[] value();

}
