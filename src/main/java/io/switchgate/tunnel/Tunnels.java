package io.switchgate.tunnel;

import java.util.List;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;

/**
 * Opens tunnels between a client that got its 101 and the upstream that sent it.
 */
public final class Tunnels {

	private final TunnelProperties properties;

	private final TunnelListeners listener;

	private final SocketBuffers buffers;

	public Tunnels(TunnelProperties properties, List<TunnelListener> listeners) {
		this.properties = properties;
		this.listener = new TunnelListeners(listeners);
		this.buffers = new SocketBuffers(properties.receiveBuffer(), properties.sendBuffer());
	}

	/**
	 * Exempts a client's connection from the rules of HTTP keep-alive. The next thing
	 * written to it must be the 101.
	 * @param client channel of the client, on its event loop
	 */
	public void beforeAnswer(Channel client) {
		PipelineSwitch.beforeAnswer(client);
	}

	/**
	 * Connects both ends after the 101 has been written.
	 * @param id name of the handshake, which the tunnel takes over
	 * @param client channel of the client, on its event loop
	 * @param upstream upstream that answered 101, on the same event loop
	 */
	public void open(String id, TunnelTerms terms, Channel client, UpstreamConnection upstream) {
		TunnelEnd clientEnd = TunnelEnd.ofClient();
		PipelineSwitch.afterAnswer(client, clientEnd);
		this.buffers.bound(connection(client));
		this.buffers.bound(connection(upstream.end().channel()));
		Tunnel tunnel = new Tunnel(id, terms, this.properties, this.listener, clientEnd, upstream.end());
		tunnel.couple();
		PipelineSwitch.releaseClient(client);
		tunnel.start();
	}

	private static Channel connection(Channel end) {
		return (end instanceof Http2StreamChannel) ? end.parent() : end;
	}

}
