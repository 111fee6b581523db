package io.switchgate.handshake;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import io.switchgate.bench.traffic.BrowserRequest;

/**
 * What the checks of a handshake cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpgradeRequestBenchmark {

	private final HttpHeaders headers = BrowserRequest.headers();

	/**
	 * A handshake that breaks no rule.
	 * @return key that was checked
	 */
	@Benchmark
	public Object check() {
		UpgradeRequest request = new UpgradeRequest(HttpMethod.GET, false, this.headers);
		request.check(false);
		request.checkVersion();
		return request.key();
	}

}
