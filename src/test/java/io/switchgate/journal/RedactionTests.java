package io.switchgate.journal;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTests {

	private final Redaction redaction = new Redaction(new JournalProperties(10, List.of("room"), List.of("X-Ticket")));

	@ParameterizedTest
	@ValueSource(strings = { "", "chat", "graphql-transport-ws", "graphql-ws", "mqtt", "mqttv3.1", "v10.stomp",
			"v12.stomp", "wamp.2.json", "wamp.2.msgpack.batched", "soap", "xmpp", "ocpp1.6", "ocpp2.0.1", "binary",
			"base64", "v4.channel.k8s.io", "v5.channel.k8s.io", "base64.binary.k8s.io", "actioncable-v1-json", "sip",
			"msrp", "janus-protocol", "lws-mirror-protocol", "text.ircv3.net", "MBWS.huawei.com" })
	void showsSubprotocols(String subprotocol) {
		assertThat(Redaction.subprotocols(subprotocol)).isEqualTo(subprotocol);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
			"123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456", "dGhlIHNhbXBsZSBub25jZQ==",
			"dGhlIHNhbXBsZSBub25jZQ", "d131dd02c5e6eec4", "5f4dcc3b5aa765d61d83", "20260922", "sk_live_4eC39HqLyjWDar",
			"a/b", "a b", "Bearer:x", "averyveryverylongword" })
	void hidesSubprotocolsThatMayBeTokens(String subprotocol) {
		assertThat(Redaction.subprotocols("chat, " + subprotocol)).isEqualTo("chat, (hidden)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "GET /ws HTTP/1.1 | GET /ws HTTP/1.1",
			"GET /ws?token=s3 HTTP/1.1 | GET /ws?token=(hidden) HTTP/1.1",
			"GET /ws?room=7&token=s3&s3&=s3& HTTP/1.1 | GET /ws?room=7&token=(hidden)&(hidden)&=(hidden)& HTTP/1.1",
			"GET /ws?a=s3 HTTP/1.1 HTTP/1.1 | GET /ws?a=(hidden) HTTP/1.1",
			"GET ws://s3:s3@host/ws?a=s3 HTTP/1.1 | GET ws://(hidden)@host/ws?a=(hidden) HTTP/1.1" })
	void hidesParametersOfTheRequestLine(String line, String expected) {
		assertThat(this.redaction.block(line, List.of()).line()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer s3", "authorization, Basic s3", "Proxy-Authorization, s3", "Cookie, id=s3",
			"Set-Cookie, id=s3; Path=/", "X-Api-Key, s3", "X-Auth-Token, s3", "X-CSRF-Token, s3", "X-Session-Id, s3",
			"x-ticket, s3", "Client-Secret, s3", "X-Amz-Signature, s3" })
	void hidesHeaders(String name, String value) {
		assertThat(this.redaction.block("", List.of(Map.entry(name, value))).headers())
			.containsExactly(new Header(name, "(hidden)"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Referer | https://a/b?token=s3 | https://a/b?token=(hidden)",
					"Location | https://u:s3@a/login?next=s3&room=1 | https://(hidden)@a/login?next=(hidden)&room=1",
					"Location | https://a/#access_token=s3&b=s3 | https://a/#access_token=(hidden)&b=(hidden)",
					"Location | //u:s3@a/b | //(hidden)@a/b", "Referer | https://a/b#s3 | https://a/b#(hidden)",
					"Origin | https://test.example.com | https://test.example.com",
					"Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZQ==",
					"Sec-WebSocket-Protocol | chat, eyJhbGciOiJIUzI1NiJ9.s3.s3 | chat, (hidden)",
					"Host | test.example.com:8080 | test.example.com:8080" })
	void showsTheRestOfAHeader(String name, String value, String expected) {
		assertThat(this.redaction.block("", List.of(Map.entry(name, value))).headers())
			.containsExactly(new Header(name, expected));
	}

	@Test
	void boundsWhatIsKept() {
		List<Map.Entry<String, String>> many = Collections.nCopies(1000,
				Map.entry("n".repeat(10_000), "v".repeat(10_000)));
		HeaderBlock block = this.redaction.block("l".repeat(100_000), many);
		assertThat(block.headers()).hasSizeLessThan(100)
			.allSatisfy((header) -> assertThat(header.name().length() + header.value().length()).isLessThan(1000));
		assertThat(block.line()).hasSizeLessThan(2000);
	}

}
