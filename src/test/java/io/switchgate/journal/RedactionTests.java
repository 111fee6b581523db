package io.switchgate.journal;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
			"msrp", "janus-protocol", "lws-mirror-protocol", "text.ircv3.net", "MBWS.huawei.com", "vite-hmr", "chat.v2",
			"acme-v2.example.com", "echoProtocol" })
	void showsSubprotocols(String subprotocol) {
		assertThat(Redaction.subprotocols(subprotocol)).isEqualTo(subprotocol);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
			"123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456", "dGhlIHNhbXBsZSBub25jZQ==",
			"dGhlIHNhbXBsZSBub25jZQ", "d131dd02c5e6eec4", "5f4dcc3b5aa765d61d83", "20260922", "sk_live_4eC39HqLyjWDar",
			"a/b", "a b", "Bearer:x", "averyveryverylongword", "hunter2", "s3cret", "openai-insecure-api-key.sk-xxx",
			"base64url.bearer.authorization.k8s.io.eHh4", "token", "access_token", "Bearer123", "auth-x", "mykey",
			"jwt.x", "password", "passphrase-x", "SecretWord", "12-34-56", "Tr0ub4dor" })
	void hidesSubprotocolsThatMayBeTokens(String subprotocol) {
		assertThat(Redaction.subprotocols("chat, " + subprotocol)).isEqualTo("chat, (hidden)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "token, hunter | (hidden), (hidden)",
			"chat, access_token, word | chat, (hidden), (hidden)",
			"Authorization, word, chat | (hidden), (hidden), chat",
			"realtime, openai-insecure-api-key.sk-1a2b, openai-beta.realtime-v1 | realtime, (hidden), openai-beta.realtime-v1",
			"bearer, graphql-transport-ws | (hidden), graphql-transport-ws", "token,, word | (hidden), , (hidden)",
			"token, mqtt, word | (hidden), mqtt, (hidden)" })
	void hidesSubprotocolsBehindTheNameOfASecret(String offered, String expected) {
		assertThat(Redaction.subprotocols(offered)).isEqualTo(expected);
	}

	@Test
	void hidesSubprotocolsBehindTheNameOfASecretInTheLineBefore() {
		assertThat(this.redaction
			.block("",
					List.of(Map.entry("Sec-WebSocket-Protocol", "token"), Map.entry("sec-websocket-protocol", "word")))
			.values("Sec-WebSocket-Protocol")).containsExactly("(hidden)", "(hidden)");
	}

	@Test
	void hidesTheSameSubprotocolsInTheAnswerAsInTheRequest() {
		Subprotocols subprotocols = new Subprotocols();
		assertThat(subprotocols.show("token, word, chat")).isEqualTo("(hidden), (hidden), chat");
		subprotocols.begin();
		assertThat(subprotocols.show("word")).isEqualTo("(hidden)");
		subprotocols.begin();
		assertThat(subprotocols.show("chat")).isEqualTo("chat");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"/x/https%3A%2F%2Fc.test%2Ff%3Faccess_token%3Ds3/ws | /x/https%3A%2F%2Fc.test%2Ff%3Faccess_token%3D(hidden)",
			"/x/c.test%3fa%3ds3%26b%3ds3%26s3?room=7&t=s3 | /x/c.test%3fa%3d(hidden)%26b%3d(hidden)%26(hidden)?room=7&t=(hidden)",
			"/x/c%253Faccess_token%253Ds3/ws | /x/c%253Faccess_token%253D(hidden)",
			"/x/c%25253Fa%25253Ds3%252526b%25253Ds3/ws | /x/c%25253Fa%25253D(hidden)%252526b%25253D(hidden)",
			"/x/c.test%3Faccess_token%3Da/s3/s3 | /x/c.test%3Faccess_token%3D(hidden)",
			"/x/c.test%3Froom%3D7%26t%3Ds3 | /x/c.test%3Froom%3D7%26t%3D(hidden)",
			"/x/https%3A%2F%2Fu%3As3%40c.test%2Ff | /x/https%3A%2F%2F(hidden)%40c.test%2Ff",
			"/x/c.test%23access_token%3Ds3 | /x/c.test%23access_token%3D(hidden)",
			"/ws;jsessionid=s3 | /ws;jsessionid=(hidden)",
			"/ws;JSESSIONID=s3;v=1?t=s3 | /ws;JSESSIONID=(hidden);v=1?t=(hidden)",
			"/ws;PHPSESSID%3Ds3 | /ws;PHPSESSID%3D(hidden)", "/ws/token=s3/s3 | /ws/token=(hidden)",
			"/ws/api_key%253Ds3 | /ws/api_key%253D(hidden)", "/ws;v=1/a=b | /ws;v=1/a=b",
			"/ws/eyJhbGciOiJIUzI1NiJ9.s3.s3/x | /ws/(hidden)/x", "/ws?next=/a%3Ftoken%3Ds3 | /ws?next=(hidden)",
			"/ws?room=/a%3Ftoken%3Ds3 | /ws?room=/a%3Ftoken%3D(hidden)",
			"/ws?czM0czM0czM0czM0czM0== | /ws?(hidden)=(hidden)",
			"/ws?filter[name]=s3&_t=s3 | /ws?filter[name]=(hidden)&_t=(hidden)",
			"/ws?room=7#access_token=s3 | /ws?room=7#access_token=(hidden)", "/ws%20a%2Fb | /ws%20a%2Fb" })
	void hidesSecretsInPaths(String target, String expected) {
		assertThat(this.redaction.block("GET " + target + " HTTP/1.1", List.of()).line())
			.isEqualTo("GET " + expected + " HTTP/1.1");
		assertThat(this.redaction.uri(target)).isEqualTo(expected);
		assertThat(this.redaction.uri(expected)).isEqualTo(expected);
	}

	@Test
	void cutsNoEscapeInTwo() {
		for (int i = 0; i < 10; i++) {
			String cut = this.redaction.uri("/" + "a".repeat(i) + "%C3%A4".repeat(1000));
			assertThat(URI.create(cut).getRawPath()).endsWith("...").hasSizeGreaterThan(1000);
		}
	}

	@Test
	@Timeout(60)
	void redactsHostileTextsInTime() {
		for (String part : List.of("%25", "%", "=", "a=", "%3F", "%253F", "/", "//", "eyJ", "eyJ.", "token=", "@",
				"?a%3D", "a-", "token,", "%2525253D", "25", "a%3D", "eyJ.a", "a[", "?room=", "%3Froom%3D")) {
			String text = part.repeat(64 * 1024 / part.length());
			assertThat(this.redaction.uri(text)).hasSizeLessThan(2000);
			assertThat(this.redaction.header("X-Text", text)).hasSizeLessThan(2000);
			assertThat(this.redaction.header("Sec-WebSocket-Protocol", text)).hasSizeLessThan(6000);
		}
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
			"x-ticket, s3", "Client-Secret, s3", "X-Amz-Signature, s3", "Ocp-Apim-Subscription-Key, s3",
			"X-Functions-Key, s3", "X-Access-Key, s3", "X-Goog-Api-Key, s3", "ApiKey, s3", "X-Api-Id, s3",
			"X-Db-Passwd, s3", "X-Passphrase, s3", "X-Pass, s3", "X-Xsrf, s3", "Cookie2, s3", "Set-Cookie2, s3",
			"WWW-Authenticate, s3", "Cf-Access-Jwt-Assertion, s3", "X-Forwarded-Client-Cert, s3",
			"X-Anything, Bearer s3", "X-Anything, basic s3" })
	void hidesHeadersThatCarrySecrets(String name, String value) {
		assertThat(this.redaction.block("", List.of(Map.entry(name, value))).headers())
			.containsExactly(new Header(name, "(hidden)"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Referer | https://a/b?token=s3 | https://a/b?token=(hidden)",
			"Location | https://u:s3@a/login?next=s3&room=1 | https://(hidden)@a/login?next=(hidden)&room=1",
			"Location | https://a/#access_token=s3&b=s3 | https://a/#access_token=(hidden)&b=(hidden)",
			"Location | //u:s3@a/b | //(hidden)@a/b", "Referer | https://a/b#s3 | https://a/b#(hidden)",
			"Origin | https://test.example.com | https://test.example.com",
			"Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Protocol | chat, eyJhbGciOiJIUzI1NiJ9.s3.s3 | chat, (hidden)",
			"Host | test.example.com:8080 | test.example.com:8080",
			"Sec-WebSocket-Key | jwtTOKENkeyPWDpassOtp0== | jwtTOKENkeyPWDpassOtp0==", "X-Keyboard | qwerty | qwerty",
			"X-Authority | a | a", "X-Compass | north | north",
			"X-Data | a=1; token=s3/s3; b=2 | a=1; token=(hidden); b=2",
			"X-Data | password=\"s3 s3\", b=2 | password=(hidden), b=2",
			"X-Data | eyJhbGciOiJIUzI1NiJ9.s3.s3 | (hidden)",
			"Referer | https://u:s3#s3@a/b | https://(hidden)#(hidden)",
			"Sec-WebSocket-Extensions | permessage-deflate; client_max_window_bits=15 | permessage-deflate; client_max_window_bits=15",
			"Sec-WebSocket-Extensions | x-acme; token=s3 | x-acme; token=(hidden)",
			"Accept | text/html;q=0.9, */*;q=0.8 | text/html;q=0.9, */*;q=0.8" })
	void hidesSecretsInsideOfHeaders(String name, String value, String expected) {
		assertThat(this.redaction.block("", List.of(Map.entry(name, value))).headers())
			.containsExactly(new Header(name, expected));
	}

	@Test
	void limitsTheSizeOfAHeaderBlock() {
		List<Map.Entry<String, String>> many = Collections.nCopies(1000,
				Map.entry("n".repeat(10_000), "v".repeat(10_000)));
		HeaderBlock block = this.redaction.block("l".repeat(100_000), many);
		assertThat(block.headers()).hasSizeLessThan(100)
			.allSatisfy((header) -> assertThat(header.name().length() + header.value().length()).isLessThan(1000));
		assertThat(block.line()).hasSizeLessThan(2000);
	}

}
