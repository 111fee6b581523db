package io.switchgate.upstream;

import java.util.List;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.transport.OpenFiles;

/**
 * Sets up the clients that dial upstreams.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	@Bean
	HttpClientCustomizer upstreamExchangeCustomizer() {
		return UpstreamExchange::customize;
	}

	@Bean
	UpstreamDialer upstreamDialer(HttpClientProperties client, SslBundles bundles,
			List<HttpClientCustomizer> customizers, UpstreamProperties properties, OpenFiles files) {
		return new UpstreamDialer(new UpgradeHttpClientFactory(client, bundles, customizers).client(),
				() -> new StreamHttpClientFactory(client, bundles, customizers, properties).client(), files);
	}

}
