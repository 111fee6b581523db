package io.switchgate.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that claims to be somebody else, or to have asked for something else. Nobody
 * here is a trusted hop.
 */
class UntrustedGatewayTests {

	private static final String PREDICATES = "spring.cloud.gateway.server.webflux.routes[2].predicates[1]";

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.route("chat", uri)
		.route("filtered", uri, "SetRequestHeader=X-Forwarded-Prefix, /app", "SetRequestHeader=X-Real-IP, by-route")
		.route("inside", uri)
		.property(PREDICATES, "XForwardedRemoteAddr=10.0.0.0/8"));

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded: for=6.6.6.6", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: 6.6.6.6",
			"X-Forwarded-Host: 6.6.6.6", "X-Forwarded-Port: 6666", "X-Forwarded-Prefix: /6.6.6.6",
			"X-Forwarded-Ssl: 6.6.6.6", "X-Forwarded-Client-Cert: 6.6.6.6", "x-forwarded-ANY: 6.6.6.6",
			"X-Original-Forwarded-For: 6.6.6.6", "X-Real-IP: 6.6.6.6", "X-Client-IP: 6.6.6.6", "Client-IP: 6.6.6.6",
			"X-Cluster-Client-IP: 6.6.6.6", "True-Client-IP: 6.6.6.6", "CF-Connecting-IP: 6.6.6.6",
			"CF-Connecting-IPv6: ::6.6.6.6", "Fastly-Client-IP: 6.6.6.6", "X-Envoy-External-Address: 6.6.6.6",
			"Client-Cert: :6.6.6.6:", "Client-Cert-Chain: :6.6.6.6:", "X-Original-Host: 6.6.6.6",
			"X-Original-URL: /6.6.6.6", "X-Rewrite-URL: /6.6.6.6" })
	void isNotBelieved(String header) {
		String handshake = Handshakes.request("/chat", header, header, "X-Other: 6.6.6.7");
		String plain = handshake.replaceAll("(Upgrade|Connection|Sec-.*):.*\n", "");
		for (String request : new String[] { handshake, plain }) {
			assertThat(receivedFor(request)).doesNotContain("6.6.6.6", "6666")
				.doesNotContainIgnoringCase("\nForwarded:")
				.contains("\nX-Forwarded-For: 127.0.0.1\n", "\nX-Forwarded-Proto: http\n",
						"\nX-Forwarded-Host: test.example.com\n", "\nX-Forwarded-Port: " + PAIR.gateway().port() + "\n",
						"\nX-Other: 6.6.6.7\n");
		}
	}

	@Test
	void isNotBelievedByPredicatesEither() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/inside", "X-Forwarded-For: 10.0.0.1"));
			assertThat(client.head()).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void whatARouteSetsStays() {
		assertThat(receivedFor(Handshakes.request("/filtered", "X-Forwarded-Prefix: /6.6.6.6", "X-Real-IP: 6.6.6.6")))
			.contains("\nX-Forwarded-Prefix: /app\n", "\nX-Real-IP: by-route\n")
			.doesNotContain("6.6.6.6");
	}

	private static String receivedFor(String request) {
		return PAIR.receivedFor(request, "HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n");
	}

}
