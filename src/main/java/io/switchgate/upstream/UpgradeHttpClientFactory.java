package io.switchgate.upstream;

import java.util.List;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Builds the HTTP client that dials upstreams for upgrades. The gateway's own settings
 * for TLS, proxies and customizers apply; but it speaks HTTP/1.1 only, and a connection
 * that carried an upgrade is never reused.
 */
final class UpgradeHttpClientFactory extends HttpClientFactory {

	UpgradeHttpClientFactory(HttpClientProperties properties, SslBundles bundles,
			List<HttpClientCustomizer> customizers) {
		// Fresh server properties: HTTP/2 on the server must not offer h2 to upstreams.
		super(properties, new ServerProperties(),
				new HttpClientSslConfigurer(properties.getSsl(), new ServerProperties(), bundles), customizers);
	}

	@Override
	protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
		return ConnectionProvider.newConnection();
	}

	/**
	 * HTTP/1.1 is what a client speaks unless told otherwise. To say so would load TLS.
	 */
	HttpClient client() {
		return createInstance().disableRetry(true).followRedirect(false);
	}

}
