package io.switchgate.ondemand;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;

/**
 * Stands in for a filter whose library is loaded when a route first names the filter, at
 * the start or in a reload.
 *
 * @param <C> configuration of the filter
 */
final class OnDemandFilterFactory<C> implements GatewayFilterFactory<C> {

	private final String name;

	private final Supplier<? extends GatewayFilterFactory<C>> factory;

	OnDemandFilterFactory(String name, Supplier<? extends GatewayFilterFactory<C>> factory) {
		this.name = name;
		this.factory = factory;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Class<C> getConfigClass() {
		return this.factory.get().getConfigClass();
	}

	@Override
	public C newConfig() {
		return this.factory.get().newConfig();
	}

	@Override
	public GatewayFilter apply(C config) {
		return this.factory.get().apply(config);
	}

	@Override
	public ShortcutType shortcutType() {
		return this.factory.get().shortcutType();
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return this.factory.get().shortcutFieldOrder();
	}

	@Override
	public @Nullable String shortcutFieldPrefix() {
		return this.factory.get().shortcutFieldPrefix();
	}

}
