package io.switchgate.tunnel;

import io.netty.channel.Channel;
import reactor.netty.Connection;

/**
 * Connection whose upstream has answered 101, without the HTTP client's handlers. Bytes
 * from the upstream wait in it until the client has its 101, too.
 *
 * <p>
 * Whoever takes one must either open a tunnel with it or close it.
 */
public final class UpstreamConnection {

	private final TunnelEnd end = TunnelEnd.ofUpstream();

	private final Channel channel;

	private UpstreamConnection(Channel channel) {
		this.channel = channel;
	}

	/**
	 * Takes over a connection. Call it inside the callback that delivers the 101.
	 * @param connection connection of the HTTP client
	 * @return the same connection, without HTTP
	 */
	public static UpstreamConnection take(Connection connection) {
		UpstreamConnection taken = new UpstreamConnection(connection.channel());
		PipelineSwitch.upstream(connection, taken.end);
		return taken;
	}

	public void close() {
		this.channel.close();
	}

	TunnelEnd end() {
		return this.end;
	}

}
