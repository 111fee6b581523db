package io.switchgate.gateway;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both ends of a tunnel through a gateway.
 *
 * @param client end of the client
 * @param upstream end of the upstream
 * @param request head that the upstream got
 */
record OpenTunnel(Wire client, Wire upstream, String request) implements AutoCloseable {

	static OpenTunnel through(GatewayExtension pair, String path) {
		return through(pair.gateway(), path, pair.upstream());
	}

	static OpenTunnel through(Gateway gateway, String path, ScriptedUpstream upstreams) {
		return through(gateway.connect(), path, upstreams);
	}

	static OpenTunnel through(Wire client, String path, ScriptedUpstream upstreams) {
		client.send(Handshakes.request(path));
		Wire upstream = upstreams.accept();
		String request = upstream.head();
		upstream.send(Handshakes.switched(request));
		assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		return new OpenTunnel(client, upstream, request);
	}

	void assertCarries(String text) {
		this.client.send(Frame.text(text).mask().bytes());
		assertThat(this.upstream.frame().text()).isEqualTo(text);
		this.upstream.send(Frame.text(text).bytes());
		assertThat(this.client.frame().text()).isEqualTo(text);
	}

	void awaitEnd() {
		this.client.awaitEnd();
		this.upstream.awaitEnd();
	}

	@Override
	public void close() {
		this.client.close();
		this.upstream.close();
	}

}
