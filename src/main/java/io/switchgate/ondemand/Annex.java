package io.switchgate.ondemand;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Beans that are made when one of them is asked for, all at once, beside those of the
 * gateway, which they may use.
 *
 * <p>
 * The gateway hears nothing of it: to its listeners another context would look like a
 * start, and have them read all routes anew.
 */
final class Annex implements AutoCloseable {

	private final ConfigurableApplicationContext gateway;

	private final Class<?> configuration;

	private @Nullable ConfigurableApplicationContext context;

	Annex(ConfigurableApplicationContext gateway, Class<?> configuration) {
		this.gateway = gateway;
		this.configuration = configuration;
	}

	/**
	 * Returns a bean. The first time takes a while, so nothing on an event loop may ask.
	 */
	synchronized <T> T bean(Class<T> type) {
		if (this.context == null) {
			this.context = open();
		}
		return this.context.getBean(type);
	}

	private ConfigurableApplicationContext open() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory(this.gateway.getBeanFactory());
		beans.setConversionService(this.gateway.getBeanFactory().getConversionService());
		AnnotationConfigApplicationContext opened = new AnnotationConfigApplicationContext(beans);
		opened.setEnvironment(this.gateway.getEnvironment());
		opened.register(this.configuration);
		opened.refresh();
		return opened;
	}

	@Override
	public synchronized void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
