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
 * Builds the HTTP client that dials upstreams for upgrades. Spring Cloud Gateway's
 * settings for TLS, proxies and customizers apply. The client speaks only HTTP/1.1, and a
 * connection that carried an upgrade is never reused.
 */
final class UpgradeHttpClientFactory extends HttpClientFactory {

	UpgradeHttpClientFactory(HttpClientProperties properties, SslBundles bundles,
			List<HttpClientCustomizer> customizers) {
		// Use new server properties: HTTP/2 on the server must not make the gateway offer
		// h2 to upstreams.
		super(properties, new ServerProperties(),
				new HttpClientSslConfigurer(properties.getSsl(), new ServerProperties(), bundles), customizers);
	}

	@Override
	protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
		return ConnectionProvider.newConnection();
	}

	/**
	 * Does not set HTTP/1.1, which is the default. Setting it would load TLS.
	 */
	HttpClient client() {
		return createInstance().disableRetry(true).followRedirect(false);
	}

}
