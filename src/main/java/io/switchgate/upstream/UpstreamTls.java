package io.switchgate.upstream;

import reactor.netty.http.client.HttpClient;

/**
 * Loads TLS towards upstreams: hundreds of classes, and all certificates that Java
 * trusts.
 */
public final class UpstreamTls {

	private UpstreamTls() {
	}

	/**
	 * Loads it once. Without this call, a handshake would do so on its event loop.
	 */
	public static void load() {
		HttpClient.create().secure();
	}

}
