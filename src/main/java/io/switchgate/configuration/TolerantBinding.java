package io.switchgate.configuration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.switchgate.routes.Reason;
import io.switchgate.setting.InvalidSettingException;

/**
 * Continues after a property that cannot be bound, so that one error does not hide the
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
			add(name, ex);
			return (target.getValue() != null) ? target.getValue().get() : null;
		}
	}

	private void add(ConfigurationPropertyName name, Exception error) {
		String reason = Reason.of(error);
		InvalidSettingException refusal = refusal(error);
		if (refusal == null) {
			this.findings.addUnbound(name, name + ": " + reason);
			return;
		}
		ConfigurationPropertyName refused = name.append(refusal.name());
		boolean saysItsName = refusal.fullName().equals(refused.toString());
		this.findings.addUnbound(refused, saysItsName ? reason : name + ": " + reason);
	}

	/**
	 * Finds the component that a record has refused.
	 */
	private static @Nullable InvalidSettingException refusal(Exception error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidSettingException refusal) {
				return refusal;
			}
		}
		return null;
	}

}
