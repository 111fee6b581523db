package io.switchgate.transport;

import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;

/**
 * Netty's io_uring whose sends end when there is no room, instead of waiting for it in
 * the kernel: it does so by itself, but not each time.
 */
final class ImpatientSends extends ForwardingIoHandler {

	private static final byte POLL_ADD = 6;

	private static final byte SEND = 26;

	private static final Pattern SEND_OPS = Pattern.compile(".*opcode=" + SEND
			+ ", .*, fd=(?<fd>\\d+), .*, union2=(?<address>\\d+), len=(?<length>\\d+), .*, data=(?<data>-?\\d+), .*");

	private static final int DONT_WAIT = 0x40;

	private static final int HANG_UP = 0x2000;

	private static final int WRITABLE = 0x4;

	private final CountDownLatch ended;

	private boolean sent;

	/**
	 * Creates a handler.
	 * @param ring Netty's own
	 * @param ended told when the kernel has ended a poll for room with the hang-up alone
	 */
	ImpatientSends(IoHandler ring, CountDownLatch ended) {
		super(ring);
		this.ended = ended;
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return new Registration(netty().register(new Handle(handle)));
	}

	private final class Registration extends ForwardingIoRegistration {

		Registration(IoRegistration ring) {
			super(ring);
		}

		@Override
		public long submit(IoOps ops) {
			Matcher send = SEND_OPS.matcher(ops.toString());
			if (!send.matches()) {
				return super.submit(ops);
			}
			ImpatientSends.this.sent = true;
			return super.submit(new IoUringIoOps(SEND, (byte) 0, (short) 0, Integer.parseInt(send.group("fd")), 0,
					Long.parseLong(send.group("address")), Integer.parseInt(send.group("length")), DONT_WAIT,
					Long.parseLong(send.group("data")), (short) 0, (short) 0, 0, 0));
		}

	}

	@SuppressWarnings("try") // Closing may be interrupted, as that of the channel may.
	private final class Handle implements IoUringIoHandle {

		private final IoHandle channel;

		Handle(IoHandle channel) {
			this.channel = channel;
		}

		@Override
		public void handle(IoRegistration registration, IoEvent event) {
			this.channel.handle(registration, event);
			IoUringIoEvent completion = (IoUringIoEvent) event;
			if (ImpatientSends.this.sent && completion.opcode() == POLL_ADD && (completion.res() & HANG_UP) != 0
					&& (completion.res() & WRITABLE) == 0) {
				ImpatientSends.this.ended.countDown();
			}
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
