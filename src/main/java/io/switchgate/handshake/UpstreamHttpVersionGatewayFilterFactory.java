package io.switchgate.handshake;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

import io.switchgate.upstream.UpstreamHttpVersion;

/**
 * {@code UpstreamHttpVersion=1.1}: HTTP version of handshakes towards the upstream.
 * {@code 1.0} reproduces a proxy with the defaults of nginx before 1.29.7; {@code 2}
 * shares a connection among tunnels (RFC 8441).
 */
class UpstreamHttpVersionGatewayFilterFactory
		extends AbstractGatewayFilterFactory<UpstreamHttpVersionGatewayFilterFactory.Config> {

	UpstreamHttpVersionGatewayFilterFactory() {
		super(Config.class);
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("version");
	}

	@Override
	public Config newConfig() {
		return new Config("1.1");
	}

	@Override
	public GatewayFilter apply(Config config) {
		UpstreamHttpVersion version = UpstreamHttpVersion.parse(config.version());
		return new HandshakePolicy.Filter("UpstreamHttpVersion=" + version,
				(policy) -> policy.withUpstreamHttpVersion(version));
	}

	/**
	 * Arguments of the filter.
	 *
	 * @param version 1.0, 1.1 or 2
	 */
	record Config(@DefaultValue("1.1") String version) {

	}

}
