package io.switchgate.forwarded;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import io.switchgate.bench.traffic.BrowserRequest;

/**
 * What it costs to say where a request comes from.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ForwardedHeadersBenchmark {

	private final ForwardedHeaders filter = new ForwardedHeaders();

	private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/ws")
		.headers(BrowserRequest.headers())
		.remoteAddress(new InetSocketAddress("127.0.0.1", 50_000))
		.localAddress(new InetSocketAddress("127.0.0.1", 8080)));

	/**
	 * A handshake without a hop in front.
	 * @return headers for the upstream
	 */
	@Benchmark
	public HttpHeaders filter() {
		return this.filter.filter(this.exchange.getRequest().getHeaders(), this.exchange);
	}

}
