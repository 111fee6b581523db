package io.switchgate.configuration;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

import io.switchgate.routes.RecordNames;

/**
 * Binds properties to find those that cannot be bound.
 */
final class PropertiesCheck {

	private static final ConfigurationPropertyName OWN = ConfigurationPropertyName.of("switchgate");

	private final ConfigurableApplicationContext context;

	private final Validator validator;

	PropertiesCheck(ConfigurableApplicationContext context, Validator validator) {
		this.context = context;
		this.validator = validator;
	}

	/**
	 * Checks the gateway's own properties.
	 */
	void checkOwn(ConfigurableEnvironment environment, Findings findings) {
		beans(OWN::isAncestorOf).forEach((bean) -> bind(bean, environment, findings));
		checkNames(environment, findings);
	}

	/**
	 * Finds unknown properties of the gateway in files. The environment may have unknown
	 * ones, because Kubernetes makes variables out of the names of services.
	 */
	void checkNames(ConfigurableEnvironment environment, Findings findings) {
		List<ConfigurationPropertyName> names = Settings.of(environment)
			.values()
			.keySet()
			.stream()
			.filter(OWN::isAncestorOf)
			.toList();
		if (!names.isEmpty()) {
			Collection<ConfigurationPropertiesBean> own = beans(OWN::isAncestorOf);
			names.forEach((name) -> checkKnown(name, own, findings));
		}
	}

	/**
	 * Checks the properties of all others by binding them to the beans of this context.
	 */
	void checkOthers(ConfigurableEnvironment environment, Findings findings) {
		beans((name) -> !OWN.isAncestorOf(name)).stream()
			.filter((bean) -> !(bean.getInstance() instanceof GatewayProperties))
			.forEach((bean) -> bind(bean, environment, findings));
	}

	private Collection<ConfigurationPropertiesBean> beans(Predicate<ConfigurationPropertyName> prefix) {
		return ConfigurationPropertiesBean.getAll(this.context)
			.values()
			.stream()
			.filter((bean) -> prefix.test(prefix(bean)))
			.toList();
	}

	private static ConfigurationPropertyName prefix(ConfigurationPropertiesBean bean) {
		return ConfigurationPropertyName.of(bean.getAnnotation().prefix());
	}

	private void bind(ConfigurationPropertiesBean bean, ConfigurableEnvironment environment, Findings findings) {
		bind(prefix(bean), bean.asBindTarget(), environment, findings);
	}

	/**
	 * Binds what can be bound.
	 * @return bound object, or null if there was nothing to bind or it cannot be made
	 */
	<T> @Nullable T bind(ConfigurationPropertyName prefix, Bindable<T> target, ConfigurableEnvironment environment,
			Findings findings) {
		Binder binder = new Binder(ConfigurationPropertySources.from(environment.getPropertySources()),
				new PropertySourcesPlaceholdersResolver(environment),
				this.context.getBeanFactory().getConversionService(),
				this.context.getBeanFactory()::copyRegisteredEditorsTo);
		T bound = binder.bind(prefix, target, new TolerantBinding(findings)).orElse(null);
		if (bound != null && target.getAnnotation(Validated.class) != null) {
			validate(prefix, bound, findings);
		}
		return bound;
	}

	/**
	 * Checks the annotations of a bound object.
	 */
	void validate(ConfigurationPropertyName prefix, Object bound, Findings findings) {
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(bound, prefix.toString());
		this.validator.validate(bound, result);
		for (FieldError error : result.getFieldErrors()) {
			ConfigurationPropertyName name = prefix.append(ConfigurationPropertyName.adapt(error.getField(), '.'));
			if (!RouteCheck.isTarget(name)) {
				findings.add(name, name + ": " + error.getDefaultMessage());
			}
		}
	}

	private static void checkKnown(ConfigurationPropertyName name, Collection<ConfigurationPropertiesBean> own,
			Findings findings) {
		ConfigurationPropertiesBean bean = own.stream()
			.filter((candidate) -> prefix(candidate).isAncestorOf(name))
			.findFirst()
			.orElse(null);
		if (bean == null) {
			String prefixes = own.stream()
				.map((candidate) -> prefix(candidate).toString())
				.collect(Collectors.toCollection(TreeSet::new))
				.stream()
				.collect(Collectors.joining(", "));
			findings.add(name, name + ": unknown (expected: something below " + prefixes + ")");
			return;
		}
		Class<?> type = Objects.requireNonNull(bean.asBindTarget().getType().resolve());
		for (int i = prefix(bean).getNumberOfElements(); i < name.getNumberOfElements() && type.isRecord(); i++) {
			Class<?> owner = type;
			type = RecordNames.find(owner, name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL))
				.<Class<?>>map((component) -> component.getType())
				.orElse(Void.class);
			if (type == Void.class) {
				findings.add(name, name + ": unknown (expected: one of " + RecordNames.list(owner) + ")");
			}
		}
	}

}
