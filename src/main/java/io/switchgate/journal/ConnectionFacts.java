package io.switchgate.journal;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a connection.
 *
 * @param local address of the gateway
 * @param remote address of the other side
 * @param tls facts of TLS, or null without
 * @param stream number of the stream of HTTP/2, or null without
 */
public record ConnectionFacts(String local, String remote, @Nullable Tls tls, @Nullable Integer stream) {

	/**
	 * Reads the facts of a connection.
	 */
	public static ConnectionFacts of(Channel channel) {
		Http2StreamChannel stream = (channel instanceof Http2StreamChannel) ? (Http2StreamChannel) channel : null;
		SslHandler tls = ((stream != null) ? stream.parent() : channel).pipeline().get(SslHandler.class);
		return new ConnectionFacts(address(channel.localAddress()), address(channel.remoteAddress()),
				(tls != null) ? Tls.of(tls) : null, (stream != null) ? stream.stream().id() : null);
	}

	private static String address(@Nullable SocketAddress address) {
		if (address instanceof InetSocketAddress socket && socket.getAddress() != null) {
			String host = socket.getAddress().getHostAddress();
			return ((socket.getAddress() instanceof Inet6Address) ? "[" + host + "]" : host) + ":" + socket.getPort();
		}
		String text = String.valueOf(address);
		return text.substring(text.indexOf('/') + 1);
	}

	/**
	 * Facts of TLS.
	 *
	 * @param version version, as in {@code TLSv1.3}
	 * @param cipher cipher suite
	 * @param applicationProtocol what ALPN settled, or null
	 */
	public record Tls(String version, String cipher, @Nullable String applicationProtocol) {

		static Tls of(SslHandler handler) {
			SSLSession session = handler.engine().getSession();
			return new Tls(session.getProtocol(), session.getCipherSuite(), handler.applicationProtocol());
		}

	}

}
