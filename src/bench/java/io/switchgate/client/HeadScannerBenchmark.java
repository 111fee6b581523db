package io.switchgate.client;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.switchgate.bench.traffic.BrowserRequest;

/**
 * What it costs to look at each byte of a handshake's head.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadScannerBenchmark {

	private final HeadScanner scanner = new HeadScanner(16 * 1024, 100, false);

	private final ByteBuf head = Unpooled.directBuffer()
		.writeBytes(BrowserRequest.of(8080, "dGhlIHNhbXBsZSBub25jZQ==").getBytes(StandardCharsets.US_ASCII));

	/**
	 * A head that comes with one read.
	 * @return its length
	 */
	@Benchmark
	public int scan() {
		return this.scanner.scan(this.head);
	}

}
