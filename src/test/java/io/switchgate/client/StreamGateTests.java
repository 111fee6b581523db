package io.switchgate.client;

import java.util.Map;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2UnknownFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.CharsetUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of bytes on a stream whose handshake has no answer yet.
 */
class StreamGateTests {

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final EmbeddedChannel channel = new EmbeddedChannel(
			new StreamGate(Connections.properties(Map.of()), Connections.problems()));

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	private void connect() {
		this.channel.config().setAllocator(this.allocator);
		Http2Headers headers = new DefaultHttp2Headers().method("CONNECT").path("/ws").scheme("http").authority("a");
		headers.set(":protocol", "websocket").set("sec-websocket-version", "13");
		this.channel.writeInbound(new DefaultHttp2HeadersFrame(headers).stream(Mockito.mock(Http2FrameStream.class)));
		assertThat(this.channel.<FullHttpRequest>readInbound().uri()).isEqualTo("/ws");
	}

	private void send(String bytes, boolean end) {
		this.channel.writeInbound(new DefaultHttp2DataFrame(
				this.channel.alloc().buffer().writeBytes(bytes.getBytes(CharsetUtil.US_ASCII)), end));
	}

	@Test
	void joinsTheFramesThatItHolds() {
		connect();
		for (int i = 0; i < 5000; i++) {
			send("ab".substring(i % 2, i % 2 + 1), i == 4999);
		}
		assertThat(this.allocator.metric().usedHeapMemory()).isLessThan(16 * 1024);
		this.channel.pipeline().remove(StreamGate.class);
		Http2DataFrame early = this.channel.readInbound();
		assertThat(early.content().toString(CharsetUtil.US_ASCII)).isEqualTo("ab".repeat(2500));
		assertThat(early.isEndStream()).isTrue();
		early.release();
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	@Test
	void releasesHeldBytesWhenTheStreamCloses() {
		connect();
		send("a", false);
		this.channel.close();
	}

	@Test
	void dropsUnknownFrames() {
		EmbeddedChannel connection = new EmbeddedChannel(new UnknownFrames());
		DefaultHttp2UnknownFrame unknown = new DefaultHttp2UnknownFrame((byte) 99, new Http2Flags(),
				connection.alloc().buffer().writeZero(100));
		connection.writeInbound(unknown, "known");
		assertThat(unknown.refCnt()).isZero();
		assertThat(connection.<Object>readInbound()).isEqualTo("known");
	}

}
