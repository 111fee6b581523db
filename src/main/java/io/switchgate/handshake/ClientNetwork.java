package io.switchgate.handshake;

import java.nio.ByteBuffer;

import io.netty.util.NetUtil;

/**
 * The network that an address stands for: the address itself with IPv4, its /64 with
 * IPv6, because one client may use every address of a /64.
 */
final class ClientNetwork {

	private static final int IPV6_BYTES = 16;

	private static final long IPV4_MAPPED = 0;

	private ClientNetwork() {
	}

	static Object of(String address) {
		if (address.indexOf(':') == -1) {
			return address;
		}
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
		if (bytes == null || bytes.length != IPV6_BYTES) {
			return address;
		}
		long network = ByteBuffer.wrap(bytes).getLong();
		return (network != IPV4_MAPPED) ? network : address;
	}

}
