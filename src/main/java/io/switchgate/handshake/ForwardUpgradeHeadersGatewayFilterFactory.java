package io.switchgate.handshake;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * {@code ForwardUpgradeHeaders}: sends {@code Upgrade: websocket} and
 * {@code Connection: Upgrade} to the upstream. {@code ForwardUpgradeHeaders=false}
 * reproduces a proxy that does not know about upgrades.
 */
class ForwardUpgradeHeadersGatewayFilterFactory
		extends AbstractGatewayFilterFactory<ForwardUpgradeHeadersGatewayFilterFactory.Config> {

	ForwardUpgradeHeadersGatewayFilterFactory() {
		super(Config.class);
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("enabled");
	}

	@Override
	public Config newConfig() {
		return new Config(true);
	}

	@Override
	public GatewayFilter apply(Config config) {
		return new HandshakePolicy.Filter("ForwardUpgradeHeaders=" + config.enabled(),
				(policy) -> policy.withForwardUpgradeHeaders(config.enabled()));
	}

	/**
	 * Arguments of the filter.
	 *
	 * @param enabled whether the upstream gets the headers
	 */
	record Config(@DefaultValue("true") boolean enabled) {

	}

}
