package io.switchgate.cluster;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the cluster for the first test that wants it, and stops it after the last.
 */
class ClusterExtension implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == Cluster.class || type == Namespace.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
		Cluster cluster = store.computeIfAbsent(Cluster.class, (type) -> Cluster.start(), Cluster.class);
		if (parameter.getParameter().getType() == Cluster.class) {
			return cluster;
		}
		int number = store.computeIfAbsent(Namespace.class, (type) -> new AtomicInteger(), AtomicInteger.class)
			.incrementAndGet();
		String test = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
		return Namespace.create(cluster, test + "-" + number);
	}

}
