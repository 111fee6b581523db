package io.switchgate.bench;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.ClassPath;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.bench.traffic.EchoUpstream;
import io.switchgate.bench.traffic.Meter;
import io.switchgate.bench.traffic.Operator;
import io.switchgate.bench.traffic.Start;
import io.switchgate.bench.traffic.Target;

/**
 * The upstream in a process of its own, which clients can also talk to without a proxy.
 */
final class Upstream implements Operator, AutoCloseable {

	private final Program program;

	private final int port;

	private Upstream(Program program) {
		this.program = program;
		String line = program.awaitLine(EchoUpstream.LISTENING);
		this.port = Integer.parseInt(line.substring(EchoUpstream.LISTENING.length()));
	}

	static Upstream start() {
		return new Upstream(
				Program.start(BuildDirectory.fresh("echo"), Tool.java(), "-Xms64m", "-Xmx256m", "-XX:+UseSerialGC",
						"-Dio.netty.leakDetection.level=disabled", ClassPath.argument(), EchoUpstream.class.getName()));
	}

	int port() {
		return this.port;
	}

	Target target() {
		Meter meter = new Processes(this.program.pid());
		return new Target(this.port, null, new Start(0, 0), meter, this);
	}

	@Override
	public Target startAnother() {
		throw new UnsupportedOperationException("there is one upstream for all proxies");
	}

	@Override
	public void kill() {
		this.program.close();
	}

	@Override
	public void resetUpstream() {
		this.program.tell(EchoUpstream.RESET);
	}

	@Override
	public void close() {
		kill();
	}

}
