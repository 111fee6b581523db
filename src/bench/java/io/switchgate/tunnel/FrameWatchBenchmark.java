package io.switchgate.tunnel;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.switchgate.fixture.Frame;
import io.switchgate.websocket.FrameHeader;

/**
 * What the frame watch costs for each frame that passes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameWatchBenchmark {

	private final FrameWatch watch = new FrameWatch();

	private final FrameSink sink = new Drain();

	private ByteBuf whole = Unpooled.EMPTY_BUFFER;

	private ByteBuf first = Unpooled.EMPTY_BUFFER;

	private ByteBuf second = Unpooled.EMPTY_BUFFER;

	/** Bytes of payload. */
	@Param({ "64", "16384" })
	public int payload;

	/** Who sends, which is whether frames are masked. */
	@Param({ "CLIENT", "UPSTREAM" })
	public Sender sender = Sender.CLIENT;

	/**
	 * Makes a frame, and the two pieces of it that a read may leave.
	 */
	@Setup
	public void prepare() {
		Frame frame = Frame.binary(new byte[this.payload]);
		byte[] bytes = ((this.sender == Sender.CLIENT) ? frame.mask() : frame).bytes();
		this.whole = direct(bytes, 0, bytes.length);
		this.first = direct(bytes, 0, 1);
		this.second = direct(bytes, 1, bytes.length - 1);
	}

	private static ByteBuf direct(byte[] bytes, int index, int length) {
		return Unpooled.directBuffer(length).writeBytes(bytes, index, length);
	}

	/**
	 * A frame that comes with one read.
	 */
	@Benchmark
	public void whole() {
		read(this.whole);
	}

	/**
	 * A frame of whose header the first read brings only a byte.
	 */
	@Benchmark
	public void split() {
		read(this.first);
		read(this.second);
	}

	private void read(ByteBuf bytes) {
		bytes.setIndex(0, bytes.capacity());
		this.watch.read(bytes.retain(), this.sink);
	}

	/**
	 * Ends of a tunnel.
	 */
	public enum Sender {

		/** Masks what it sends. */
		CLIENT,

		/** Does not. */
		UPSTREAM

	}

	/**
	 * Lets everything pass.
	 */
	private static final class Drain implements FrameSink {

		@Override
		public boolean admits(FrameHeader header, long length) {
			return true;
		}

		@Override
		public boolean forwards(FrameHeader header, ByteBuf in, int payload) {
			return true;
		}

		@Override
		public void withheld() {
		}

		@Override
		public void closed() {
		}

		@Override
		public void pass(ByteBuf bytes) {
			bytes.release();
		}

	}

}
