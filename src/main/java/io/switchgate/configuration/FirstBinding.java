package io.switchgate.configuration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Lets the start continue after a route that cannot be bound, so that {@link FirstRoutes}
 * reports it in the same words as {@code check} and a reload.
 */
final class FirstBinding implements ConfigurationPropertiesBindHandlerAdvisor {

	private final Findings findings;

	FirstBinding(Findings findings) {
		this.findings = findings;
	}

	@Override
	public BindHandler apply(BindHandler handler) {
		TolerantBinding tolerant = new TolerantBinding(handler, this.findings);
		return new AbstractBindHandler(handler) {

			@Override
			public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Exception error) throws Exception {
				if (error instanceof BindValidationException && CandidateCheck.PREFIX.equals(name)) {
					// FirstRoutes validates it again, and reports lines.
					return (target.getValue() != null) ? target.getValue().get() : null;
				}
				return RouteCheck.isReloaded(name) ? tolerant.onFailure(name, target, context, error)
						: super.onFailure(name, target, context, error);
			}

		};
	}

}
