package io.switchgate.conformance;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Proxy under test, with the upstream behind it.
 *
 * @param lock lock over the connections of the client and the upstream
 * @param address address of the proxy
 * @param upstream upstream to which the proxy forwards everything
 */
record ProxyUnderTest(ConnectionLock lock, InetSocketAddress address, RecordingUpstream upstream) {

	Peer connect() {
		return Peer.connect(this.lock, this.address);
	}

	Notation notation() {
		Map<String, String> names = new LinkedHashMap<>();
		names.put("{upstream}", "localhost:" + this.upstream.port());
		names.put("{port}", String.valueOf(this.address.getPort()));
		return new Notation(names);
	}

}
