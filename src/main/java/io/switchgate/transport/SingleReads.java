package io.switchgate.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.uring.IoUringIoOps;

/**
 * A channel's place in the ring, whose reads end with their first result. One that goes
 * on by itself (multishot) takes what the socket and the ring have, a megabyte or more,
 * before anybody can stop it. It saves a tunnel a tenth of its CPU time, whose sockets
 * hold little, and stays there.
 *
 * <p>
 * Netty reads all channels in one way, and lets nobody see what a channel is about to
 * submit; hence the handles.
 *
 * <p>
 * For Netty 4.2, where only a system property turns multishot off, for all channels
 * (netty/netty#14908).
 */
final class SingleReads extends ForwardingIoRegistration {

	private static final byte RECV = 27;

	private static final short MULTISHOT = 0x2;

	private static final MethodHandle OPCODE = accessor("opcode", byte.class);

	private static final MethodHandle FLAGS = accessor("flags", byte.class);

	private static final MethodHandle PRIORITY = accessor("ioPrio", short.class);

	private static final MethodHandle BUFFER_GROUP = accessor("union4", short.class);

	private static final MethodHandle USER_DATA = accessor("userData", long.class);

	private final Channel channel;

	SingleReads(IoRegistration ring, Channel channel) {
		super(ring);
		this.channel = channel;
	}

	private static MethodHandle accessor(String name, Class<?> type) {
		try {
			return MethodHandles.privateLookupIn(IoUringIoOps.class, MethodHandles.lookup())
				.findVirtual(IoUringIoOps.class, name, MethodType.methodType(type));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Another Netty than expected", ex);
		}
	}

	@Override
	public long submit(IoOps ops) {
		return super.submit(single((IoUringIoOps) ops));
	}

	private IoUringIoOps single(IoUringIoOps ops) {
		try {
			short priority = (short) PRIORITY.invokeExact(ops);
			if ((byte) OPCODE.invokeExact(ops) != RECV || (priority & MULTISHOT) == 0 || isTunnel()) {
				return ops;
			}
			return new IoUringIoOps(RECV, (byte) FLAGS.invokeExact(ops), (short) (priority & ~MULTISHOT),
					((UnixChannel) this.channel).fd().intValue(), 0, 0, 0, 0, (long) USER_DATA.invokeExact(ops),
					(short) BUFFER_GROUP.invokeExact(ops), (short) 0, 0, 0);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean isTunnel() {
		return this.channel.pipeline().context(AutoReadHandler.class) != null;
	}

}
