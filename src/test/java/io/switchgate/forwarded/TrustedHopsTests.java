package io.switchgate.forwarded;

import java.net.InetSocketAddress;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the client address that trusted hops report.
 */
class TrustedHopsTests {

	private final TrustedHops hops = TrustedHops.of(List.of("10.0.0.0/8", "127.0.0.1", "2001:db8::/32"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
			192.0.2.1   | 198.51.100.9                      | 192.0.2.1
			10.0.0.1    | absent                            | 10.0.0.1
			10.0.0.1    | 192.0.2.7                         | 192.0.2.7
			10.0.0.1    | 6.6.6.6, 192.0.2.7, 10.3.2.1      | 192.0.2.7
			10.0.0.1    | 10.5.5.5, 10.6.6.6                | 10.5.5.5
			10.0.0.1    | 192.0.2.7, unknown                | 10.0.0.1
			2001:db8::1 | 2001:db9::7, 2001:db8::2          | 2001:db9::7
			""")
	void findsTheLastAddressThatNoTrustedHopHas(String peer, String forwardedFor, String client) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/")
			.remoteAddress(new InetSocketAddress(peer, 1));
		if (forwardedFor != null) {
			request.header("X-Forwarded-For", forwardedFor);
		}
		assertThat(this.hops.client(request.build())).isEqualTo(client);
	}

}
