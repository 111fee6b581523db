package io.switchgate.configuration;

/**
 * Hears of reloads.
 */
@FunctionalInterface
public interface ReloadListener {

	/**
	 * The configuration was read once more.
	 * @param outcome how that went
	 */
	void reloaded(ReloadOutcome outcome);

}
