package io.switchgate.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes one finding, or a few of the same kind.
 */
@FunctionalInterface
interface Rule {

	/**
	 * Examines a handshake.
	 * @return verdict, or null if this rule finds nothing
	 */
	@Nullable Verdict look(Case handshake);

}
