package io.switchgate.upstream;

import reactor.netty.http.client.HttpClient;

/**
 * TLS towards upstreams: hundreds of classes and all certificates that Java trusts.
 */
public final class UpstreamTls {

	private UpstreamTls() {
	}

	/**
	 * Loads it, unless that has been done. A handshake would do so on its event loop.
	 */
	public static void load() {
		HttpClient.create().secure();
	}

}
