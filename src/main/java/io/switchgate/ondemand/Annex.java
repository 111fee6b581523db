package io.switchgate.ondemand;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Beans that are created together when one of them is first requested. They live next to
 * the gateway's beans and may use them.
 *
 * <p>
 * The gateway's listeners do not see the events of this context: they would take it for a
 * start and read all routes again.
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
	 * Returns a bean. The first call takes a while, so do not call it on an event loop.
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
