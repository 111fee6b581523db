package io.switchgate.client;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.util.unit.DataSize;
import reactor.netty.http.client.HttpClient;

/**
 * Lets the head of an upstream's answer be as large as that of a client's request,
 * because an answer may repeat the request's subprotocols and cookies.
 */
final class AnswerHeads implements HttpClientCustomizer {

	/**
	 * Lower limit, for a gateway that limits its clients to smaller heads: its upstreams
	 * still send heads of the usual size.
	 */
	private static final DataSize LEAST = DataSize.ofKilobytes(16);

	private final HttpClientProperties properties;

	private final int size;

	AnswerHeads(HttpClientProperties properties, ClientProperties client) {
		this.properties = properties;
		DataSize own = properties.getMaxHeaderSize();
		DataSize request = client.headSize();
		this.size = Math.toIntExact(((own != null) ? own : (request.compareTo(LEAST) > 0) ? request : LEAST).toBytes());
	}

	@Override
	public HttpClient customize(HttpClient client) {
		DataSize line = this.properties.getMaxInitialLineLength();
		return client.httpResponseDecoder((decoder) -> {
			decoder.maxHeaderSize(this.size);
			return (line != null) ? decoder.maxInitialLineLength(Math.toIntExact(line.toBytes())) : decoder;
		}).http2Settings((settings) -> settings.maxHeaderListSize(this.size));
	}

}
