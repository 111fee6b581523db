package io.switchgate.handshake;

import java.nio.ByteBuffer;

import io.netty.util.NetUtil;

/**
 * Whom an address stands for: the address itself with IPv4, and with IPv6 its /64, of
 * which one client has all addresses.
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
