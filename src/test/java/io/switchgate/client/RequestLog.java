package io.switchgate.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handler behind the codec that records requests, and bytes after the codec is removed.
 */
final class RequestLog extends ChannelInboundHandlerAdapter {

	private static final Consumer<Channel> IGNORE = (channel) -> {
	};

	private final List<String> requests = new ArrayList<>();

	private final StringBuilder bytes = new StringBuilder();

	private final StringBuilder request = new StringBuilder();

	private Consumer<Channel> reaction = IGNORE;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpRequest head) {
			assertThat(head.decoderResult().isSuccess()).isTrue();
			this.request.append(head.method()).append(' ').append(head.uri()).append(' ').append(head.headers());
		}
		if (msg instanceof HttpContent content) {
			this.request.append(content.content().toString(StandardCharsets.ISO_8859_1));
			content.release();
		}
		if (msg instanceof LastHttpContent last) {
			this.requests.add(this.request.append(last.trailingHeaders()).toString());
			this.request.setLength(0);
			Consumer<Channel> once = this.reaction;
			this.reaction = IGNORE;
			once.accept(ctx.channel());
		}
		if (msg instanceof ByteBuf buffer) {
			this.bytes.append(buffer.toString(StandardCharsets.ISO_8859_1));
			buffer.release();
		}
	}

	/**
	 * Sets what to do while the next request is read.
	 */
	void react(Consumer<Channel> reaction) {
		this.reaction = reaction;
	}

	List<String> requests() {
		return this.requests;
	}

	String bytes() {
		return this.bytes.toString();
	}

	List<String> paths() {
		return this.requests.stream().map((noted) -> noted.split(" ", 3)[1]).toList();
	}

}
