package io.switchgate.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Builds the HTTP client that dials upstreams for extended CONNECTs. Spring Cloud
 * Gateway's settings for TLS, proxies and customizers apply. The client speaks only
 * HTTP/2, and no other requests share its connections.
 */
final class StreamHttpClientFactory extends HttpClientFactory {

	private static final String POOL = "switchgate";

	private static final Duration IDLE_TIME = Duration.ofMinutes(1);

	/**
	 * Time that a handshake waits for a free stream if no further connection is allowed.
	 * It is short, because tunnels rarely end.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final UpstreamProperties limits;

	StreamHttpClientFactory(HttpClientProperties properties, SslBundles bundles, List<HttpClientCustomizer> customizers,
			UpstreamProperties limits) {
		this(properties, bundles, customizers, limits, http2());
	}

	private StreamHttpClientFactory(HttpClientProperties properties, SslBundles bundles,
			List<HttpClientCustomizer> customizers, UpstreamProperties limits, ServerProperties http2) {
		super(properties, http2, new HttpClientSslConfigurer(properties.getSsl(), http2, bundles), customizers);
		this.limits = limits;
	}

	/**
	 * Server properties that make the gateway offer h2 to upstreams.
	 */
	private static ServerProperties http2() {
		ServerProperties properties = new ServerProperties();
		Http2 http2 = Objects.requireNonNull(properties.getHttp2());
		http2.setEnabled(true);
		return properties;
	}

	/**
	 * Creates one pool for each event loop and upstream. A handshake waits for a
	 * connection that is being opened instead of opening another one.
	 */
	@Override
	protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
		HttpClientProperties.Pool pool = properties.getPool();
		Duration idleTime = Objects.requireNonNullElse(pool.getMaxIdleTime(), IDLE_TIME);
		ConnectionProvider.Builder builder = ConnectionProvider.builder(POOL)
			.allocationStrategy(Http2AllocationStrategy.builder()
				.maxConnections(this.limits.http2Connections())
				.maxConcurrentStreams(this.limits.http2Streams())
				.strictConnectionReuse(true)
				.build())
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(LONGEST_WAIT)
			.maxIdleTime(idleTime)
			.evictInBackground(idleTime)
			.disposeInactivePoolsInBackground(IDLE_TIME, IDLE_TIME);
		if (pool.getMaxLifeTime() != null) {
			builder.maxLifeTime(pool.getMaxLifeTime());
		}
		return builder.build();
	}

	HttpClient client() {
		int streams = this.limits.http2Streams();
		return createInstance().protocol(HttpProtocol.H2, HttpProtocol.H2C)
			.disableRetry(true)
			.followRedirect(false)
			.doOnChannelInit((observer, channel, address) -> SharedConnection.prepare(channel, streams));
	}

}
