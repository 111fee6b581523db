package io.switchgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.bench.traffic.Load;
import io.switchgate.bench.traffic.Meter;
import io.switchgate.bench.traffic.Operator;
import io.switchgate.bench.traffic.Start;
import io.switchgate.bench.traffic.Target;
import io.switchgate.peers.RunningProxy;

/**
 * A proxy that runs, its meter, and whoever restarts it.
 */
final class RunningContender implements Meter, Operator, AutoCloseable {

	private static final Duration COLLECTION = Duration.ofSeconds(30);

	private static final double MICROS_OF_SECOND = 1e6;

	private final Contender contender;

	private final Surroundings surroundings;

	private final Load load;

	private final RunningProxy proxy;

	private final Optional<ManagementPort> management;

	private final Processes processes;

	private final Start start;

	private final List<RunningContender> others = new ArrayList<>();

	/**
	 * Creates one of a proxy that is ready.
	 * @param seconds time that its start took
	 */
	RunningContender(Contender contender, Surroundings surroundings, Load load, RunningProxy proxy,
			Optional<ManagementPort> management, double seconds) {
		this.contender = contender;
		this.surroundings = surroundings;
		this.load = load;
		this.proxy = proxy;
		this.management = management;
		this.processes = new Processes(proxy.pid());
		this.start = new Start(seconds, cpuMicros() / MICROS_OF_SECOND);
	}

	Target target() {
		return new Target(this.proxy.address().getPort(), this.surroundings.tls(this.load.protocol()), this.start, this,
				this);
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
	public OptionalDouble longestStallMillis() {
		return this.management.map(ManagementPort::longestStallMillis).orElseGet(OptionalDouble::empty);
	}

	@Override
	public void collectGarbage() {
		if (this.contender.isJava()) {
			Program.run(COLLECTION, BuildDirectory.resolve(""), Tool.java().resolveSibling("jcmd"), this.proxy.pid(),
					"GC.run");
		}
	}

	@Override
	public Target startAnother() {
		RunningContender another = this.contender.start(this.surroundings, this.load);
		this.others.add(another);
		return another.target();
	}

	@Override
	public void kill() {
		this.proxy.close();
	}

	@Override
	public void resetUpstream() {
		this.surroundings.resetUpstream();
	}

	@Override
	public void close() {
		kill();
		this.others.forEach(RunningContender::close);
	}

}
