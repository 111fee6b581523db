package io.switchgate.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Flow-control window of an HTTP/2 connection (RFC 9113, section 6.9). A stream that is
 * not read keeps only its own window. If the connection's window has room for the windows
 * of all streams, such a stream never blocks the others.
 */
public final class ConnectionWindow {

	private ConnectionWindow() {
	}

	/**
	 * Makes room for the windows of all streams.
	 * @param ctx context of the connection's codec, or of a handler behind it
	 * @param streams streams that the connection may have, 10,000 at most
	 */
	public static void widen(ChannelHandlerContext ctx, int streams) {
		Http2Connection connection = ctx.pipeline().get(Http2FrameCodec.class).connection();
		Http2LocalFlowController windows = connection.local().flowController();
		int missing = windows.initialWindowSize() * streams - windows.initialWindowSize(connection.connectionStream());
		if (missing > 0) {
			increment(windows, connection.connectionStream(), missing);
			ctx.flush();
		}
	}

	private static void increment(Http2LocalFlowController windows, Http2Stream connection, int bytes) {
		try {
			windows.incrementWindowSize(connection, bytes);
		}
		catch (Http2Exception ex) {
			throw new IllegalStateException("A window is less than 2^31", ex);
		}
	}

}
