package io.switchgate.transport;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.util.concurrent.EventExecutor;

/**
 * Netty's io_uring, which forgets that a channel waits for room to write once its peer
 * has sent a FIN: the kernel then ends each poll at once with nothing but the hang-up
 * (POLLRDHUP), and Netty takes that for the end of its one poll for hang-ups. Here such
 * an end of another poll makes the channel try its write again, a moment later. No issue
 * is known; seen with Netty 4.2.18.
 *
 * <p>
 * Netty also begins a read anew whenever the kernel has ended the last one by itself,
 * even if nobody has asked for more: a channel that was told to stop would read on. Here
 * such a read ends as one that was cancelled. With {@link SingleReads} that is every read
 * of plain HTTP; a tunnel's read ends in this way when the ring has no buffer left. For
 * Netty 4.2 (netty/netty#14836).
 *
 * <p>
 * Netty also repeats reads up to 128 times before the event loop runs its tasks and
 * timers. Here a channel reads at most twice in one turn of the loop, and then waits for
 * the next turn. For Netty 4.2.4 and later (netty/netty#15544).
 */
final class IoUringHandler extends ForwardingIoHandler {

	private final EventExecutor executor;

	private final ReceiveBuffers buffers;

	private long turn;

	IoUringHandler(IoHandler ring, EventExecutor executor, ReceiveBuffers buffers) {
		super(ring);
		this.executor = executor;
		this.buffers = buffers;
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		IoRegistration ring = netty().register(new Handle(handle));
		return (handle instanceof Channel.Unsafe unsafe) ? new SingleReads(ring, channel(unsafe)) : ring;
	}

	private static Channel channel(Channel.Unsafe unsafe) {
		return unsafe.voidPromise().channel();
	}

	@Override
	public int run(IoHandlerContext context) {
		this.turn++;
		return super.run(context);
	}

	@Override
	public void destroy() {
		super.destroy();
		this.buffers.release();
	}

	/**
	 * A channel as the ring sees it.
	 */
	@SuppressWarnings("try") // Closing may be interrupted, as that of the channel may.
	private final class Handle implements IoUringIoHandle {

		private static final byte POLL_ADD = 6;

		private static final byte RECV = 27;

		private static final int BUFFER = 0x1;

		private static final int MORE = 0x2;

		private static final int NOT_EMPTY = 0x4;

		private static final int NO_BUFFERS = -105;

		private static final int CANCELED = -125;

		private static final int POLLIN = 0x1;

		private static final int POLLOUT = 0x4;

		private static final int POLLRDHUP = 0x2000;

		/**
		 * The kernel would end a new poll at once again: trying is all there is.
		 */
		private static final long RETRY_MILLIS = 2;

		private final IoHandle channel;

		private boolean hungUp;

		private long lastRead;

		Handle(IoHandle channel) {
			this.channel = channel;
		}

		/**
		 * Closes a channel that finds no memory. Netty does not catch an error of the
		 * allocation for a read, and the error would end the event loop. No issue is
		 * known; seen with Netty 4.2.18.
		 */
		@Override
		public void handle(IoRegistration registration, IoEvent event) {
			try {
				complete(registration, (IoUringIoEvent) event);
			}
			catch (OutOfMemoryError ex) {
				if (!(this.channel instanceof Channel.Unsafe unsafe)) {
					throw ex;
				}
				channel(unsafe).pipeline().fireExceptionCaught(ex);
				unsafe.close(unsafe.voidPromise());
			}
		}

		private void complete(IoRegistration registration, IoUringIoEvent completion) {
			if (isLastRead(completion)) {
				completeRead(registration, completion);
			}
			else if (!isHangUpOnly(completion)) {
				this.channel.handle(registration, completion);
			}
			else if (!this.hungUp) {
				this.hungUp = true;
				this.channel.handle(registration, completion);
			}
			else {
				IoUringIoEvent writable = new IoUringIoEvent(POLLOUT, completion.flags(), POLL_ADD,
						completion.userData());
				IoUringHandler.this.executor.schedule(() -> this.channel.handle(registration, writable), RETRY_MILLIS,
						TimeUnit.MILLISECONDS);
			}
		}

		private void completeRead(IoRegistration registration, IoUringIoEvent completion) {
			boolean later = this.lastRead == IoUringHandler.this.turn && completion.res() != NO_BUFFERS
					&& !IoUringHandler.this.executor.isShuttingDown();
			this.lastRead = IoUringHandler.this.turn;
			if (isAutoRead() && !later) {
				this.channel.handle(registration, completion);
				return;
			}
			take(registration, completion);
			IoUringIoEvent cancelled = new IoUringIoEvent(CANCELED, 0, RECV, completion.userData());
			if (later) {
				IoUringHandler.this.executor.execute(() -> handle(registration, cancelled));
			}
			else {
				this.channel.handle(registration, cancelled);
			}
		}

		/**
		 * Netty takes any read into a buffer ring for one that goes on by itself.
		 */
		private static boolean isLastRead(IoUringIoEvent completion) {
			return IoUring.isRecvMultishotEnabled() && completion.opcode() == RECV && (completion.flags() & MORE) == 0
					&& ((completion.flags() & BUFFER) != 0 || completion.res() == NO_BUFFERS);
		}

		private boolean isAutoRead() {
			return !(this.channel instanceof Channel.Unsafe unsafe) || channel(unsafe).config().isAutoRead();
		}

		/**
		 * Takes what was read as if more would follow: Netty then waits for the end of
		 * the read, and reads again if somebody has asked for it by then.
		 */
		private void take(IoRegistration registration, IoUringIoEvent completion) {
			if (completion.res() != NO_BUFFERS) {
				this.channel.handle(registration, new IoUringIoEvent(completion.res(),
						(completion.flags() | MORE) & ~NOT_EMPTY, RECV, completion.userData()));
			}
		}

		private static boolean isHangUpOnly(IoUringIoEvent completion) {
			int result = completion.res();
			return completion.opcode() == POLL_ADD && result > 0 && (result & POLLRDHUP) != 0
					&& (result & (POLLIN | POLLOUT)) == 0;
		}

		@Override
		public void registered() {
			this.channel.registered();
		}

		@Override
		public void unregistered() {
			this.channel.unregistered();
		}

		@Override
		public void close() throws Exception {
			this.channel.close();
		}

	}

}
