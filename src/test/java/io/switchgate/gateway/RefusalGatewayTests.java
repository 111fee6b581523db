package io.switchgate.gateway;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
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
@ParameterizedClass
@MethodSource("io.switchgate.fixture.Lane#versions")
class RefusalGatewayTests {

	private final Lane lane;

	RefusalGatewayTests(Lane lane) {
		this.lane = lane;
	}

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
		int body = answer.length() - answer.indexOf("\n\n") - 2;
		try (Wire client = this.lane.gateway().connect()) {
			for (int attempt = 0; attempt < 2; attempt++) {
				client.send(Handshakes.request(this.lane.path()));
				try (Wire upstream = this.lane.upstream().accept()) {
					upstream.head();
					upstream.send(answer);
					assertThat(client.head() + client.text(body)).isEqualToIgnoringCase(answer);
				}
			}
		}
	}

	@Test
	void skipsInformationalAnswers() {
		try (Wire client = this.lane.gateway().connect()) {
			client.send(Handshakes.request(this.lane.path()));
			try (Wire upstream = this.lane.upstream().accept()) {
				String request = upstream.head();
				upstream.send("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </a>\n\n");
				upstream.send("HTTP/1.1 103 Early Hints\nLink: </b>\n\n" + Handshakes.switched(request));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ").doesNotContain("Link");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upgrade: websocket|Upgrade: h2c", "Connection: Upgrade|Connection: close",
			"Sec-WebSocket-Accept: .*|Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
			"Connection: Upgrade|Connection: Upgrade\nSec-WebSocket-Protocol: superchat",
			"Connection: Upgrade|Connection: Upgrade\nSec-WebSocket-Extensions: x-unheard-of" })
	void turnsAnInvalid101IntoA502AndClosesTheUpstream(String change) {
		List<String> fromTo = List.of(change.split("\\|"));
		try (Wire client = this.lane.gateway().connect()) {
			client.send(Handshakes.request(this.lane.path(), "Sec-WebSocket-Protocol: chat"));
			try (Wire upstream = this.lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head()).replaceFirst(fromTo.get(0), fromTo.get(1)));
				ProblemAnswer.expect(client, 502, "The upstream broke the protocol");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void answers502AtOnceWhenTheUpstreamIsDown() {
		try (Gateway gateway = Gateway.with().front(this.lane.front()).route("chat", ScriptedUpstream.gone()).start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			ProblemAnswer.expect(client, 502, "\"detail\":\"The upstream refused the connection\"");
			client.send("GET /chat HTTP/1.1\nHost: a\n\n");
			ProblemAnswer.expect(client, 502, "The upstream refused the connection");
		}
	}

	@Test
	void answers504WhenTheUpstreamIsSilent() {
		try (ScriptedUpstream silent = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.front(this.lane.front())
					.route("chat", silent.uri())
					.property("switchgate.handshake.timeout", "200ms")
					.start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = silent.accept()) {
				ProblemAnswer.expect(client, 504, "\"detail\":\"No answer of the upstream in time\"");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void letsARouteSetItsOwnTimeForTheAnswer() {
		try (ScriptedUpstream silent = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.front(this.lane.front())
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
		try (Wire client = this.lane.gateway().connect()) {
			client.send(Handshakes.request(this.lane.path()));
			try (Wire upstream = this.lane.upstream().accept()) {
				upstream.head();
			}
			ProblemAnswer.expect(client, 502, "The upstream closed the connection before it answered");
		}
	}

	@Test
	void closesTheUpstreamWhenTheClientLeavesBeforeTheAnswer() {
		Wire client = this.lane.gateway().connect();
		client.send(Handshakes.request(this.lane.path()));
		try (Wire upstream = this.lane.upstream().accept()) {
			upstream.head();
			client.close();
			upstream.awaitEnd();
		}
	}

}
