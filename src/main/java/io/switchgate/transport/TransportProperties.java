package io.switchgate.transport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway does network I/O.
 *
 * @param type transport to use; one that this machine does not have stops the start
 * @param workers number of event loops; the number of processors when absent
 */
@ConfigurationProperties("switchgate.transport")
record TransportProperties(@DefaultValue("auto") Transport type, @Nullable Integer workers) {

	TransportProperties {
		if (!type.isAvailable()) {
			throw new IllegalArgumentException(
					"switchgate.transport.type: " + type + " (expected: a transport of this machine, or auto)");
		}
		if (workers != null && workers < 1) {
			throw new IllegalArgumentException("switchgate.transport.workers: " + workers + " (expected: >= 1)");
		}
	}

	boolean usesIoUring() {
		return this.type.resolve() == Transport.IO_URING;
	}

	int eventLoops() {
		return (this.workers != null) ? this.workers : Runtime.getRuntime().availableProcessors();
	}

}
