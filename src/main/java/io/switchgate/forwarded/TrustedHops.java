package io.switchgate.forwarded;

import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

import io.switchgate.setting.Section;
import io.switchgate.websocket.HeaderTokens;

/**
 * Networks of hops whose forwarded headers are believed.
 *
 * @param networks rules that match their addresses
 */
public record TrustedHops(List<IpSubnetFilterRule> networks) {

	static TrustedHops of(List<String> networks) {
		return new TrustedHops(networks.stream().map(TrustedHops::network).toList());
	}

	private static IpSubnetFilterRule network(String value) {
		String[] parts = value.split("/", 2);
		int longest = longestPrefix(parts[0]);
		int prefix = (parts.length == 1) ? longest : prefix(parts[1]);
		Section.below("switchgate.forwarded")
			.require(prefix >= 0 && prefix <= longest, "trusted", value,
					"an address or network, as in 10.0.0.0/8 or 2001:db8::/32");
		return new IpSubnetFilterRule(parts[0], prefix, IpFilterRuleType.ACCEPT);
	}

	/**
	 * Returns the longest prefix of an address, or -1 if the address is not valid. One
	 * with a zone, as in {@code fe80::1%eth0}, is not: a zone is a name on one machine
	 * and not part of a network.
	 */
	private static int longestPrefix(String address) {
		if (address.indexOf('%') != -1) {
			return -1;
		}
		return NetUtil.isValidIpV4Address(address) ? 32 : NetUtil.isValidIpV6Address(address) ? 128 : -1;
	}

	private static int prefix(String value) {
		return value.matches("\\d{1,3}") ? Integer.parseInt(value) : -1;
	}

	/**
	 * Returns whether an address is in one of the networks.
	 */
	public boolean contains(@Nullable InetSocketAddress address) {
		return address != null && address.getAddress() != null
				&& this.networks.stream().anyMatch((network) -> network.matches(address));
	}

	/**
	 * Returns the client's address: that of the socket's peer, or else the last address
	 * in {@code X-Forwarded-For} that is no trusted hop.
	 * @param request request of the client or of a hop in front
	 * @return address without a port, or null if the connection is gone
	 */
	public @Nullable String client(ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer == null || peer.getAddress() == null) {
			return null;
		}
		String client = NetUtil.toAddressString(peer.getAddress());
		if (!contains(peer)) {
			return client;
		}
		List<String> hops = HeaderTokens.of(request.getHeaders().getOrEmpty(HopHeaders.FORWARDED_FOR)).values();
		for (int i = hops.size() - 1; i >= 0; i--) {
			byte[] address = NetUtil.createByteArrayFromIpAddressString(hops.get(i));
			if (address == null) {
				return client;
			}
			client = NetUtil.bytesToIpAddress(address);
			if (!contains(new InetSocketAddress(client, 0))) {
				return client;
			}
		}
		return client;
	}

}
