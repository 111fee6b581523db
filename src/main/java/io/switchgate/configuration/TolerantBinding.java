package io.switchgate.configuration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.switchgate.routes.Reason;

/**
 * Goes on after a property that cannot be bound, so that one error does not hide the
 * next.
 */
final class TolerantBinding extends AbstractBindHandler {

	private final Findings findings;

	TolerantBinding(Findings findings) {
		this(new IgnoreTopLevelConverterNotFoundBindHandler(), findings);
	}

	TolerantBinding(BindHandler parent, Findings findings) {
		super(parent);
		this.findings = findings;
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		try {
			return super.onFailure(name, target, context, error);
		}
		catch (Exception ex) {
			if (RouteCheck.isTarget(name)) {
				return null;
			}
			String reason = Reason.of(ex);
			ConfigurationPropertyName named = named(name, reason);
			boolean saysItsName = reason.startsWith(named + ":");
			this.findings.addUnbound(named, saysItsName ? reason : name + ": " + reason);
			return (target.getValue() != null) ? target.getValue().get() : null;
		}
	}

	/**
	 * A record says which of its components it refuses.
	 */
	private static ConfigurationPropertyName named(ConfigurationPropertyName name, String reason) {
		String begin = reason.substring(0, Math.max(0, reason.indexOf(':')));
		if (begin.isEmpty() || !ConfigurationPropertyName.isValid(begin)) {
			return name;
		}
		ConfigurationPropertyName said = ConfigurationPropertyName.of(begin);
		return name.isAncestorOf(said) ? said : name.append(said);
	}

}
