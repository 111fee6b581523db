package io.switchgate.gateway;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both ends of a tunnel to an upstream over HTTP/2.
 *
 * @param client client's connection
 * @param upstream upstream's stream
 */
record StreamEnds(Wire client, Wire upstream) implements AutoCloseable {

	static StreamEnds open(Gateway gateway, String path, Http2Upstream upstreams) {
		return through(gateway.connect(), path, upstreams);
	}

	static StreamEnds through(Wire client, String path, Http2Upstream upstreams) {
		client.send(Handshakes.request(path));
		Wire upstream = upstreams.acceptWire();
		upstream.head();
		upstream.send(Handshakes.SWITCHED);
		client.head();
		return new StreamEnds(client, upstream);
	}

	void assertRelays() {
		this.client.send(Frame.text("hi").mask().bytes());
		assertThat(this.upstream.frame().text()).isEqualTo("hi");
		this.upstream.send(Frame.text("ho").bytes());
		assertThat(this.client.frame().text()).isEqualTo("ho");
	}

	@Override
	public void close() {
		this.client.close();
		this.upstream.close();
	}

}
