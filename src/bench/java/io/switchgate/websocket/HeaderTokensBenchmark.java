package io.switchgate.websocket;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to take a header apart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeaderTokensBenchmark {

	/** Value of the header. */
	@Param({ "Upgrade", "keep-alive, Upgrade", "permessage-deflate; client_max_window_bits" })
	public String value = "";

	/**
	 * Looks for a token.
	 * @return whether it is there
	 */
	@Benchmark
	public boolean contains() {
		return HeaderTokens.of(List.of(this.value)).contains("upgrade");
	}

	/**
	 * Reads the names.
	 * @return names
	 */
	@Benchmark
	public List<String> names() {
		return HeaderTokens.of(List.of(this.value)).names();
	}

}
