package io.switchgate.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of bytes that wait for an end that reads nothing.
 */
class OutletTests {

	private static final int LARGE = 16 * 1024;

	private final Stuck channel = new Stuck();

	private final Outlet outlet = new Outlet(this.channel.context());

	private final ByteBuf shared = Unpooled.directBuffer(4 * LARGE).writeZero(4 * LARGE);

	@AfterEach
	void close() {
		this.channel.close();
		assertThat(this.shared.refCnt()).isOne();
		this.shared.release();
	}

	private void write(int bytes) {
		this.outlet.write(this.shared.retainedSlice(0, bytes));
		this.outlet.flush();
	}

	@Test
	void doesNotRetainASharedBufferForFewPendingBytes() {
		write(10);
		write(10);
		int kept = this.shared.refCnt();

		write(10);
		write(LARGE - 1);

		assertThat(this.shared.refCnt()).isEqualTo(kept);
		assertThat(this.outlet.pendingBytes()).isGreaterThanOrEqualTo(30 + LARGE - 1);
	}

	@Test
	void doesNotCopyBytesThatAreWrittenAtOnce() {
		write(10);

		assertThat(this.shared.refCnt()).isEqualTo(2);
	}

	@Test
	void doesNotCopyManyBytes() {
		write(10);
		write(10);

		write(LARGE);

		assertThat(this.shared.refCnt()).isEqualTo(4);
	}

	/**
	 * Connection whose peer reads nothing.
	 */
	private static final class Stuck extends EmbeddedChannel {

		Stuck() {
			super(new ChannelInboundHandlerAdapter());
		}

		ChannelHandlerContext context() {
			return pipeline().firstContext();
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer in) {
			// Writes nothing, so all bytes stay pending.
		}

	}

}
