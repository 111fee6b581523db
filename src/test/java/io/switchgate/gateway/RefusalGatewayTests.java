package io.switchgate.gateway;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream that says no, says nonsense, or says nothing.
 */
class RefusalGatewayTests {

	private static final String LANES = "io.switchgate.fixture.Lane#all";

	@ParameterizedTest
	@ValueSource(strings = { """
			HTTP/1.1 401 Unauthorized
			WWW-Authenticate: Bearer realm="chat"
			WWW-Authenticate: Basic realm="chat"
			Content-Type: application/json
			Content-Length: 16

			{"error":"none"}""", """
			HTTP/1.1 403 Forbidden
			X-Reason: Origin
			Content-Length: 9

			forbidden""", """
			HTTP/1.1 404 Not Found
			Content-Type: text/plain; charset=utf-8
			Content-Length: 9

			not found""", """
			HTTP/1.1 302 Found
			Location: https://login.example.com/?next=%2Fws
			Set-Cookie: a=1
			Set-Cookie: b=2; HttpOnly
			Content-Length: 0

			""", """
			HTTP/1.1 503 Service Unavailable
			Retry-After: 7
			Content-Length: 4

			busy""" })
	void passesRefusalsVerbatimAndKeepsTheConnection(String answer) {
		Lane lane = Lane.any();
		int body = answer.length() - answer.indexOf("\n\n") - 2;
		try (Wire client = lane.gateway().connect()) {
			for (int attempt = 0; attempt < 2; attempt++) {
				client.send(Handshakes.request(lane.path()));
				try (Wire upstream = lane.upstream().accept()) {
					upstream.head();
					upstream.send(answer);
					assertThat(client.head() + client.text(body)).isEqualTo(answer);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void passesAChunkedBodyAndParsesWhatFollowsAsHttp(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()) + "GET " + lane.path() + "/next HTTP/1.1\nHost: b\n\n");
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 403 Forbidden\nTransfer-Encoding: chunked\n\n3\nabc\n4\ndefg\n0\n\n");
				assertThat(client.head()).isEqualTo("HTTP/1.1 403 Forbidden\ntransfer-encoding: chunked\n\n");
				assertThat(client.head()).endsWith("defg\n0\n\n");
			}
			try (Wire upstream = lane.upstream().accept()) {
				assertThat(upstream.head()).startsWith("GET " + lane.path() + "/next HTTP/1.1\n");
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
				assertThat(client.text(2)).isEqualTo("ok");
			}
		}
	}

	@Test
	void keepsTheConnectionWhenTheBodyOfARefusedHandshakeComesLate() {
		Lane lane = Lane.any();
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path(), "Content-Length: 4"));
			ProblemAnswer.expect(client, 400, "A body (expected: none)");
			// Two line ends are the body, and look like the end of a head.
			client.send(
					"\n\n" + Handshakes.request(lane.path(), "Content-Length: 0").replace("Version: 13", "Version: 8"));
			ProblemAnswer.expect(client, 426, "Sec-WebSocket-Version: 8 (expected: 13)");
		}
	}

	@Test
	void skipsInformationalAnswers() {
		Lane lane = Lane.any();
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </a>\n\n");
				upstream.send("HTTP/1.1 103 Early Hints\nLink: </b>\n\n" + Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ").doesNotContain("Link");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upgrade: websocket|Upgrade: h2c", "Connection: Upgrade|Connection: close",
			"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
			"Connection: Upgrade|Connection: Upgrade\nSec-WebSocket-Protocol: superchat",
			"Connection: Upgrade|Connection: Upgrade\nSec-WebSocket-Extensions: x-unheard-of" })
	void turnsAnInvalid101IntoA502AndClosesTheUpstream(String change) {
		List<String> fromTo = List.of(change.split("\\|"));
		Lane lane = Lane.any();
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path(), "Sec-WebSocket-Protocol: chat"));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace(fromTo.get(0), fromTo.get(1)));
				ProblemAnswer.expect(client, 502, "The upstream broke the protocol");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void answers502AtOnceWhenTheUpstreamIsDown() {
		ScriptedUpstream gone = ScriptedUpstream.start();
		gone.close();
		try (Gateway gateway = Gateway.with().route("chat", gone.uri()).start(); Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			ProblemAnswer.expect(client, 502, "The upstream refused the connection: " + gone.uri() + " of route chat");
			client.send("GET /chat HTTP/1.1\nHost: a\n\n");
			ProblemAnswer.expect(client, 502, "The upstream refused the connection");
		}
	}

	@Test
	void answers504WhenTheUpstreamIsSilent() {
		try (ScriptedUpstream silent = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("chat", silent.uri())
					.property("switchgate.handshake.timeout", "200ms")
					.start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = silent.accept()) {
				ProblemAnswer.expect(client, 504,
						"No answer of the upstream in time: " + silent.uri() + " of route chat");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void letsARouteSetItsOwnTimeForTheAnswer() {
		try (ScriptedUpstream silent = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("chat", silent.uri())
					.property("spring.cloud.gateway.server.webflux.routes[0].metadata.handshake-timeout", "200ms")
					.property("switchgate.handshake.timeout", "1h")
					.start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = silent.accept()) {
				ProblemAnswer.expect(client, 504, "No answer of the upstream in time");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void answers502WhenTheUpstreamClosesWithoutAnAnswer() {
		Lane lane = Lane.any();
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
			}
			ProblemAnswer.expect(client, 502, "The upstream closed the connection before it answered");
		}
	}

	@Test
	void closesTheUpstreamWhenTheClientLeavesBeforeTheAnswer() {
		Lane lane = Lane.any();
		Wire client = lane.gateway().connect();
		client.send(Handshakes.request(lane.path()));
		try (Wire upstream = lane.upstream().accept()) {
			upstream.head();
			client.close();
			upstream.awaitEnd();
		}
	}

}
