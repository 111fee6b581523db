package io.switchgate.handshake;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.XForwardedHeadersFilter;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;
import io.switchgate.forwarded.ForwardedHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one pass over the headers of a handshake has the outcome that the filters have one
 * after the other, whatever the headers.
 */
class HandshakeHeadersPropertyTests {

	private static final int ROUNDS = 20_000;

	private static final URI UPSTREAM = URI.create("http://localhost:8000/ws");

	private static final List<String> NAMES = List.of("Host", "Connection", "connection", "Upgrade", "Keep-Alive", "TE",
			"Trailer", "Proxy-Authorization", "Transfer-Encoding", "Cookie", "Origin", "X-Forwarded-For",
			"X_Forwarded_For", "X-Forwarded-Proto", "X-Forwarded-Port", "Forwarded", "X-Real-IP", "Via", "X-A", "x-a",
			"Sec-WebSocket-Protocol");

	private static final List<String> VALUES = List.of("", "websocket", "Upgrade", "Upgrade, X-A", "close, cookie",
			"X-Forwarded-For", "via, forwarded , x-real-ip", "10.0.0.1", "for=10.0.0.1", "for=\"open", "https", "443",
			"a, b", "trailers");

	/**
	 * Changes nothing, but is not known.
	 */
	private static final HttpHeadersFilter FOREIGN = new HttpHeadersFilter() {

		@Override
		public org.springframework.http.HttpHeaders filter(org.springframework.http.HttpHeaders headers,
				ServerWebExchange exchange) {
			return headers;
		}

		@Override
		public boolean supports(Type type) {
			return true;
		}

	};

	private final HandshakeHeaders onePass = new HandshakeHeaders(
			List.of(new XForwardedHeadersFilter(".*"), new RemoveHopByHopHeadersFilter(), new ForwardedHeaders()),
			false);

	private final HandshakeHeaders oneByOne = new HandshakeHeaders(
			List.of(new RemoveHopByHopHeadersFilter(), new ForwardedHeaders(), FOREIGN), false);

	@Test
	void sendTheUpstreamWhatTheFiltersWould() {
		Seeds.forEach(ROUNDS, (random) -> {
			MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("http://gateway.example/ws")
				.remoteAddress(new InetSocketAddress("127.0.0.1", 40_000));
			headers(random).forEach((header) -> request.header(header.getKey(), header.getValue()));
			MockServerWebExchange exchange = MockServerWebExchange.from(request);
			assertThat(sorted(this.onePass.request(exchange, HandshakePolicy.DEFAULT, UPSTREAM)))
				.as("%s", exchange.getRequest().getHeaders())
				.isEqualTo(sorted(this.oneByOne.request(exchange, HandshakePolicy.DEFAULT, UPSTREAM)));
		});
	}

	@Test
	void sendTheClientWhatTheFiltersWould() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/ws"));
		Seeds.forEach(ROUNDS, (random) -> {
			HttpHeaders answer = new DefaultHttpHeaders();
			headers(random).forEach((header) -> answer.add(header.getKey(), header.getValue()));
			assertThat(sorted(this.onePass.answer(answer, exchange))).as("%s", answer)
				.isEqualTo(sorted(this.oneByOne.answer(answer, exchange)));
		});
	}

	private static List<Map.Entry<String, String>> headers(Random random) {
		RandomText text = new RandomText(random);
		return Stream.generate(() -> Map.entry(text.any(NAMES), text.any(VALUES))).limit(random.nextInt(8)).toList();
	}

	private static Map<String, List<String>> sorted(HttpHeaders headers) {
		Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.names().forEach((name) -> sorted.put(name, headers.getAll(name)));
		return sorted;
	}

}
