package io.switchgate.transport;

import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiveBuffersTests {

	private final ReceiveBuffers buffers = new ReceiveBuffers();

	@AfterEach
	void release() {
		this.buffers.release();
	}

	@Test
	void reusesABufferOnceAllThatWasReadIntoItIsReleased() {
		ByteBuf buffer = this.buffers.allocate();
		ByteBuf read = buffer.writeZero(2).retainedSlice(0, 2);
		buffer.release();
		read.release();
		assertThat(this.buffers.allocate()).isSameAs(buffer);
		assertThat(buffer.writableBytes()).isEqualTo(ReceiveBuffers.SIZE);
		buffer.release();
	}

	@Test
	void doesNotReuseABufferThatStillHasBytes() {
		ByteBuf buffer = this.buffers.allocate();
		ByteBuf read = buffer.writeByte(1).retainedSlice(0, 1);
		buffer.release();
		ByteBuf other = this.buffers.allocate();
		assertThat(other).isNotSameAs(buffer);
		assertThat(read.readByte()).isEqualTo((byte) 1);
		read.release();
		other.release();
	}

	@Test
	void keepsALimitedNumberOfBuffers() {
		List<ByteBuf> all = Stream.generate(this.buffers::allocate).limit(ReceiveBuffers.MOST + 1).toList();
		all.forEach(ByteBuf::release);
		assertThat(all.get(ReceiveBuffers.MOST).refCnt()).isZero();
		assertThat(all.get(ReceiveBuffers.MOST - 1).refCnt()).isOne();
	}

	@Test
	void releasesAllBuffersInTheEnd() {
		ByteBuf buffer = this.buffers.allocate();
		ByteBuf read = buffer.writeByte(1).retainedSlice(0, 1);
		buffer.release();
		this.buffers.release();
		assertThat(read.readByte()).isEqualTo((byte) 1);
		read.release();
		assertThat(buffer.refCnt()).isZero();
	}

}
