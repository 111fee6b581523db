package io.switchgate.admin;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which subprotocols operators see.
 */
class TunnelDescriptorTests {

	@ParameterizedTest
	@ValueSource(strings = { "chat", "graphql-transport-ws", "graphql-ws", "mqtt", "mqttv3.1", "v10.stomp", "v12.stomp",
			"wamp.2.json", "wamp.2.msgpack.batched", "soap", "xmpp", "ocpp1.6", "ocpp2.0.1", "binary", "base64",
			"v4.channel.k8s.io", "v5.channel.k8s.io", "base64.binary.k8s.io", "actioncable-v1-json", "sip", "msrp",
			"janus-protocol", "lws-mirror-protocol", "text.ircv3.net", "MBWS.huawei.com" })
	void showsNames(String subprotocol) {
		assertThat(TunnelDescriptor.subprotocol(subprotocol)).isEqualTo(subprotocol);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
			"123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456", "dGhlIHNhbXBsZSBub25jZQ==",
			"dGhlIHNhbXBsZSBub25jZQ", "d131dd02c5e6eec4", "5f4dcc3b5aa765d61d83", "20260922", "sk_live_4eC39HqLyjWDar",
			"a/b", "a b", "Bearer:x", "averyveryverylongword" })
	void hidesWhatMayBeAToken(String subprotocol) {
		assertThat(TunnelDescriptor.subprotocol(subprotocol)).isEqualTo("(hidden)");
	}

}
