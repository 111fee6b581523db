package io.switchgate.handshake;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * {@code RequireWebSocketVersion=13}: answers 426 to handshakes of any other version.
 * {@code any} lets the upstream decide.
 */
class RequireWebSocketVersionGatewayFilterFactory
		extends AbstractGatewayFilterFactory<RequireWebSocketVersionGatewayFilterFactory.Config> {

	RequireWebSocketVersionGatewayFilterFactory() {
		super(Config.class);
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("version");
	}

	@Override
	public Config newConfig() {
		return new Config("13");
	}

	@Override
	public GatewayFilter apply(Config config) {
		WebSocketVersion version = WebSocketVersion.parse(config.version());
		return new HandshakePolicy.Filter("RequireWebSocketVersion=" + version,
				(policy) -> policy.withRequiredVersion(version));
	}

	/**
	 * Arguments of the filter.
	 *
	 * @param version 13 or any
	 */
	record Config(@DefaultValue("13") String version) {

	}

}
