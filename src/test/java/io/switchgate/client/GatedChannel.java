package io.switchgate.client;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;

import io.switchgate.fixture.Handshakes;

/**
 * Channel with a gate in front of a decoder, and a log of what passes both.
 */
abstract class GatedChannel {

	static final int LIMIT = 16;

	static final String UPGRADE = Handshakes.request("/ws").replace("\n", "\r\n");

	static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

	final Reads reads = new Reads();

	final RequestLog log = new RequestLog();

	final EmbeddedChannel channel = new EmbeddedChannel(this.reads, new HttpServerCodec(), this.log);

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	ByteBuf buffer(String text) {
		return this.channel.alloc().buffer().writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	ByteBuf receive(String text) {
		ByteBuf received = buffer(text);
		this.channel.writeInbound(received);
		return received;
	}

	void install() {
		this.channel.pipeline()
			.addBefore(this.channel.pipeline().context(HttpServerCodec.class).name(), null,
					new RequestGate(Connections.properties(LIMIT), Connections.problems()));
	}

	/**
	 * Removes the HTTP handlers, as the switch to a tunnel does.
	 */
	static void leave(Channel channel) {
		channel.pipeline().remove(HttpServerCodec.class);
		channel.pipeline().remove(RequestGate.class);
	}

	/**
	 * Turns auto-read off, as Reactor Netty does.
	 */
	void readOnDemand() {
		this.channel.config().setAutoRead(false);
		this.reads.takeCount();
	}

	static DefaultFullHttpResponse response(HttpResponseStatus status) {
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
		if (status != HttpResponseStatus.SWITCHING_PROTOCOLS && status != HttpResponseStatus.EARLY_HINTS) {
			response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
		}
		return response;
	}

	void answer(HttpResponseStatus status) {
		this.channel.writeOutbound(response(status));
		this.channel.runPendingTasks();
	}

	/**
	 * Handler next to the socket that counts the reads.
	 */
	static final class Reads extends ChannelOutboundHandlerAdapter {

		private int count;

		@Override
		public void read(ChannelHandlerContext ctx) {
			this.count++;
			ctx.read();
		}

		int takeCount() {
			int taken = this.count;
			this.count = 0;
			return taken;
		}

	}

}
