package io.switchgate.upstream;

import java.util.Map;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Is told about the exchange with an upstream. It is called on the event loop of the
 * connection.
 */
public interface UpstreamListener {

	/**
	 * Called when a connection or a stream is ready, after its TLS handshake.
	 */
	void connected(Channel channel);

	/**
	 * Called when the request is sent to the upstream.
	 * @param line request line
	 * @param headers headers as they are on the wire
	 */
	void sent(String line, Iterable<Map.Entry<String, String>> headers);

	/**
	 * Called when the upstream has sent its final answer.
	 */
	void received(HttpResponse answer);

}
