package io.switchgate.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Knows one thing, or a few of a kind.
 */
@FunctionalInterface
interface Rule {

	/**
	 * Looks at a handshake.
	 * @return verdict, or null if this rule knows nothing of it
	 */
	@Nullable Verdict look(Case handshake);

}
