package io.switchgate.transport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

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
		Section own = Section.below("switchgate.transport");
		own.require(type.isAvailable(), "type", type, "a transport of this machine, or auto");
		own.require(workers == null || workers >= 1, "workers", workers, ">= 1");
		own.require(reservedFiles >= 0, "reserved-files", reservedFiles, ">= 0");
	}

	boolean usesIoUring() {
		return this.type.resolve() == Transport.IO_URING;
	}

	int eventLoops() {
		return (this.workers != null) ? this.workers : Runtime.getRuntime().availableProcessors();
	}

}
