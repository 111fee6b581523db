package io.switchgate.configuration;

/**
 * Hears of reloads.
 */
@FunctionalInterface
public interface ReloadListener {

	/**
	 * The configuration was read once more.
	 */
	void reloaded(ReloadOutcome outcome);

}
