package io.switchgate.conformance;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where cases are played.
 *
 * @param board where both sides write down what came
 * @param proxy address of the proxy
 * @param upstream upstream to which the proxy forwards everything
 */
record Stage(Board board, InetSocketAddress proxy, RecordingUpstream upstream) {

	Peer connect() {
		return Peer.connect(this.board, this.proxy);
	}

	Notation notation() {
		Map<String, String> names = new LinkedHashMap<>();
		names.put("{upstream}", "localhost:" + this.upstream.port());
		names.put("{port}", String.valueOf(this.proxy.getPort()));
		return new Notation(names);
	}

}
