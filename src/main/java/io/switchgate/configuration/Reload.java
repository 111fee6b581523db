package io.switchgate.configuration;

import java.nio.file.Path;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

import io.switchgate.routes.Reason;

/**
 * Reads the configuration again, and applies its routes if it has no error.
 */
final class Reload {

	private static final Logger logger = LoggerFactory.getLogger(Reload.class);

	private final ConfigurableEnvironment environment;

	private final CandidateCheck check;

	private final RouteUpdate update;

	private final List<ReloadListener> listeners;

	private final Settings atStart;

	private Settings current;

	private List<ConfigurationPropertyName> waiting = List.of();

	private boolean failed;

	private volatile List<Path> files = List.of();

	Reload(ConfigurableEnvironment environment, CandidateCheck check, RouteUpdate update,
			List<ReloadListener> listeners) {
		this.environment = environment;
		this.check = check;
		this.update = update;
		this.listeners = listeners;
		this.atStart = Settings.of(environment);
		this.current = this.atStart;
	}

	/**
	 * Returns the files that the last reload has read.
	 */
	List<Path> files() {
		return this.files;
	}

	/**
	 * Reloads. It reads files and builds routes, so do not call it on an event loop.
	 * @return what was changed, or why nothing was
	 */
	synchronized RouteChanges run() {
		try {
			Candidate candidate = Candidate.load(this.environment);
			RouteChanges changes = take(candidate);
			this.files = candidate.files();
			tellWhatWaits();
			if (this.failed) {
				logger.info("Configuration taken again");
				this.failed = false;
			}
			boolean same = changes.equals(RouteChanges.none());
			tell(same ? ReloadOutcome.UNCHANGED : ReloadOutcome.CHANGED);
			return changes;
		}
		catch (InvalidConfigurationException ex) {
			return refuse(ex.errors());
		}
		catch (Throwable ex) {
			return fail(ex);
		}
	}

	/**
	 * Reports an unexpected error, including an {@link Error}.
	 * @param error what stopped a reload, or kept it from starting
	 * @return the error in words
	 */
	synchronized RouteChanges fail(Throwable error) {
		logger.error("Reload failed", error);
		return refuse(List.of(new ConfigurationError(null, Reason.of(error))));
	}

	private RouteChanges refuse(List<ConfigurationError> errors) {
		this.failed = true;
		errors.forEach((error) -> logger.error("Configuration not taken: {}", error));
		tell(ReloadOutcome.FAILED);
		return RouteChanges.refused(errors);
	}

	private RouteChanges take(Candidate candidate) {
		Settings settings = Settings.of(candidate.environment());
		if (settings.equals(this.current)) {
			return RouteChanges.none();
		}
		if (candidate.files().isEmpty()) {
			throw new InvalidConfigurationException(List.of(new ConfigurationError(null,
					"no configuration file any more, or an empty one (expected: 'routes: []' to remove all routes)")));
		}
		Findings findings = new Findings(new Places(candidate.environment()));
		CheckedRoutes next = this.check.check(candidate.environment(), findings);
		if (!findings.errors().isEmpty()) {
			throw new InvalidConfigurationException(findings.errors());
		}
		RouteChanges changes = this.update.apply(next);
		this.current = settings;
		return changes;
	}

	/**
	 * Logs the properties that only a restart applies, once for each new set of names.
	 */
	private void tellWhatWaits() {
		List<ConfigurationPropertyName> others = this.current.differences(this.atStart)
			.stream()
			.filter((name) -> !RouteCheck.isReloaded(name))
			.toList();
		if (!others.isEmpty() && !others.equals(this.waiting)) {
			logger.warn("Changed, but taken over by a restart only: {}", others);
		}
		this.waiting = others;
	}

	private void tell(ReloadOutcome outcome) {
		this.listeners.forEach((listener) -> listener.reloaded(outcome));
	}

}
