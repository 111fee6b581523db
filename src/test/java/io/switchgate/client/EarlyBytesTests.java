package io.switchgate.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.CharsetUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of bytes that are held until the receiver takes them.
 */
class EarlyBytesTests {

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());

	private final EarlyBytes early = new EarlyBytes(4);

	@BeforeEach
	void countMemory() {
		this.channel.config().setAllocator(this.allocator);
	}

	private ChannelHandlerContext ctx() {
		return this.channel.pipeline().firstContext();
	}

	private ByteBuf hold(EarlyBytes early, String text) {
		ByteBuf bytes = Unpooled.copiedBuffer(text, CharsetUtil.US_ASCII);
		early.hold(bytes, ctx());
		return bytes;
	}

	private String drain(EarlyBytes early) {
		StringBuilder drained = new StringBuilder();
		early.drain(ctx(), (bytes) -> {
			drained.append(bytes.toString(CharsetUtil.US_ASCII));
			bytes.release();
			return null;
		});
		return drained.toString();
	}

	@Test
	void drainsHeldBytesInOrder() {
		hold(this.early, "ab");
		assertThat(this.early.areEnough()).isFalse();
		hold(this.early, "cd");
		assertThat(this.early.areEnough()).isTrue();
		assertThat(drain(this.early)).isEqualTo("abcd");
		assertThat(this.early.areEnough()).isFalse();
	}

	@Test
	void keepsTheOrderOfBytesThatWereNotTaken() {
		hold(this.early, "abc");
		this.early.drain(ctx(), (bytes) -> bytes.skipBytes(1));
		assertThat(this.early.areEnough()).isFalse();
		hold(this.early, "d" + "e".repeat(2000));
		this.early.drain(ctx(), (bytes) -> bytes.skipBytes(1));
		assertThat(this.early.areEnough()).isTrue();
		assertThat(drain(this.early)).isEqualTo("cd" + "e".repeat(2000));
	}

	@Test
	void releasesTheBuffersOfReads() {
		assertThat(hold(this.early, "ab").refCnt()).isZero();
		this.early.release();
		assertThat(drain(this.early)).isEmpty();
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	/**
	 * Each read of a few bytes has a buffer of its own, as from a client that sends
	 * single bytes.
	 */
	@Test
	void takesAsMuchMemoryAsThereAreBytes() {
		int limit = 64 * 1024;
		EarlyBytes large = new EarlyBytes(limit);
		StringBuilder all = new StringBuilder();
		while (!large.areEnough()) {
			String piece = (all.length() % 3 == 0) ? "a" : "b".repeat(700);
			hold(large, piece);
			all.append(piece);
		}
		assertThat(this.allocator.metric().usedHeapMemory()).isLessThan(limit + 2048);
		assertThat(drain(large)).isEqualTo(all.toString());
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

}
