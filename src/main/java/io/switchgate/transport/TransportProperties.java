package io.switchgate.transport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway does network I/O.
 *
 * @param type transport to use; one that this machine does not have stops the start
 * @param workers number of event loops; the number of processors when absent
 * @param reservedFiles files that connections of clients and to upstreams leave free, for
 * the management port, name resolution, reloads and the JVM
 */
@ConfigurationProperties("switchgate.transport")
record TransportProperties(@DefaultValue("auto") Transport type, @Nullable Integer workers,
		@DefaultValue("64") int reservedFiles) {

	TransportProperties {
		if (!type.isAvailable()) {
			throw new IllegalArgumentException(
					"switchgate.transport.type: " + type + " (expected: a transport of this machine, or auto)");
		}
		if (workers != null && workers < 1) {
			throw new IllegalArgumentException("switchgate.transport.workers: " + workers + " (expected: >= 1)");
		}
		if (reservedFiles < 0) {
			throw new IllegalArgumentException(
					"switchgate.transport.reserved-files: " + reservedFiles + " (expected: >= 0)");
		}
	}

	boolean usesIoUring() {
		return this.type.resolve() == Transport.IO_URING;
	}

	int eventLoops() {
		return (this.workers != null) ? this.workers : Runtime.getRuntime().availableProcessors();
	}

}
