package io.switchgate.configuration;

/**
 * Hears of reloads.
 */
@FunctionalInterface
public interface ReloadListener {

	/**
	 * Called after a reload.
	 */
	void reloaded(ReloadOutcome outcome);

}
