package io.switchgate.upstream;

import java.net.URI;
import java.time.Duration;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Upgrade request to an upstream.
 *
 * @param eventLoop event loop of the client's connection
 * @param url where it goes; the scheme decides about TLS
 * @param headers all headers, but for {@code Host} if that is the upstream's own name
 * @param version HTTP version of the request line
 * @param connectTimeout time to connect in milliseconds, if the route sets one
 * @param timeout time to the answer
 * @param listener is told about the exchange with the upstream
 */
public record UpstreamRequest(EventLoop eventLoop, URI url, HttpHeaders headers, HttpVersion version,
		@Nullable Integer connectTimeout, Duration timeout, UpstreamListener listener) {

}
