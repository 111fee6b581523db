package io.switchgate.bench;

import java.time.Duration;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.bench.traffic.Meter;
import io.switchgate.bench.traffic.Target;
import io.switchgate.peers.RunningProxy;

/**
 * A proxy that runs, and its meter.
 */
final class RunningContender implements Meter, AutoCloseable {

	private static final Duration COLLECTION = Duration.ofSeconds(30);

	private final RunningProxy proxy;

	private final boolean java;

	private final Target target;

	private final Processes processes;

	RunningContender(RunningProxy proxy, boolean java, @Nullable SslContext tls) {
		this.proxy = proxy;
		this.java = java;
		this.target = new Target(proxy.address().getPort(), tls, this);
		this.processes = new Processes(proxy.pid());
	}

	Target target() {
		return this.target;
	}

	boolean usesIoUring() {
		return this.processes.useIoUring();
	}

	@Override
	public long cpuMicros() {
		return this.processes.cpuMicros();
	}

	@Override
	public long residentKibibytes() {
		return this.processes.residentKibibytes();
	}

	@Override
	public void collectGarbage() {
		if (this.java) {
			Program.run(COLLECTION, BuildDirectory.resolve(""), Tool.java().resolveSibling("jcmd"), this.proxy.pid(),
					"GC.run");
		}
	}

	@Override
	public void close() {
		this.proxy.close();
	}

}
