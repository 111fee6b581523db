package io.switchgate.cluster;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the cluster for the first test that wants it, and stops it after the last one.
 */
class ClusterExtension implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == Namespace.class || type == Kubelet.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		ExtensionContext.Store test = context.getStore(ExtensionContext.Namespace.GLOBAL);
		Namespace namespace = test.computeIfAbsent(Namespace.class, (type) -> create(context), Namespace.class);
		if (parameter.getParameter().getType() == Namespace.class) {
			return namespace;
		}
		return test.computeIfAbsent(Kubelet.class, (type) -> new Kubelet(namespace), Kubelet.class);
	}

	private static Namespace create(ExtensionContext context) {
		ExtensionContext.Store all = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
		Cluster cluster = all.computeIfAbsent(Cluster.class, (type) -> Cluster.start(), Cluster.class);
		AtomicInteger numbers = all.computeIfAbsent(AtomicInteger.class, (type) -> new AtomicInteger(),
				AtomicInteger.class);
		String tests = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
		return Namespace.create(cluster, tests + "-" + numbers.incrementAndGet());
	}

}
