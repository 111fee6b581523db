package io.switchgate.tunnel;

import io.netty.channel.Channel;

/**
 * Opens tunnels between a client that has its 101 and the upstream that gave it.
 */
public final class Tunnels {

	private final TunnelProperties properties;

	private final TunnelListener listener;

	private final SocketBuffers buffers;

	public Tunnels(TunnelProperties properties, TunnelListener listener) {
		this.properties = properties;
		this.listener = listener;
		this.buffers = new SocketBuffers(properties);
	}

	/**
	 * Frees a client's connection from the rules of HTTP keep-alive. The next thing
	 * written to it must be the 101.
	 * @param client channel of the client, on its event loop
	 */
	public void beforeAnswer(Channel client) {
		PipelineSwitch.beforeAnswer(client);
	}

	/**
	 * Couples both ends after the 101 has been written.
	 * @param route id of the route that the handshake took
	 * @param client channel of the client, on its event loop
	 * @param upstream upstream that answered 101, on the same event loop
	 */
	public void open(String route, Channel client, UpstreamConnection upstream) {
		TunnelEnd clientEnd = new TunnelEnd(Direction.TO_UPSTREAM);
		PipelineSwitch.afterAnswer(client, clientEnd);
		this.buffers.bound(client);
		this.buffers.bound(upstream.end().channel());
		Tunnel tunnel = new Tunnel(route, this.properties, this.listener, clientEnd, upstream.end());
		tunnel.couple();
		PipelineSwitch.releaseClient(client);
		tunnel.start();
	}

}
