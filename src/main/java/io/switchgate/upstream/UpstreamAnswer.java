package io.switchgate.upstream;

import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import io.switchgate.tunnel.UpstreamConnection;

/**
 * What the upstream answered to an upgrade request.
 *
 * @param response head of the answer
 * @param connection connection that still holds the body
 * @param switched connection without HTTP, if the answer is a valid 101
 */
public record UpstreamAnswer(HttpClientResponse response, Connection connection,
		@Nullable UpstreamConnection switched) {

}
