package io.switchgate.upstream;

import java.util.Map;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Hears what is said with an upstream. Called on the event loop of the connection.
 */
public interface UpstreamListener {

	/**
	 * There is a connection, or a stream, TLS included.
	 */
	void connected(Channel channel);

	/**
	 * The upstream gets the request.
	 * @param line request line
	 * @param headers headers as they are on the wire
	 */
	void sent(String line, Iterable<Map.Entry<String, String>> headers);

	/**
	 * The upstream has given its final answer.
	 */
	void received(HttpResponse answer);

}
