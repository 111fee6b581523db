package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBufUtil;
import org.awaitility.Awaitility;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Wire;
import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.CloseOrder;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.TunnelSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends a tunnel while bytes wait for one of its ends.
 */
enum WayToEnd {

	FIN(12) {
		@Override
		void end(Gateway gateway, Wire from, CompletableFuture<Void> sending, int sent) {
			sending.thenRun(from::fin);
		}
	},

	/**
	 * And nothing more: the connection stays open until the gateway closes it.
	 */
	CLOSE_FRAME(12) {
		@Override
		byte[] behind(boolean masked) {
			return close(masked);
		}
	},

	/**
	 * The reader has sent its own FIN before.
	 */
	HALF_CLOSE(12) {
		@Override
		void end(Gateway gateway, Wire from, CompletableFuture<Void> sending, int sent) {
			sending.thenRun(from::fin);
		}
	},

	RESET(4) {
		@Override
		void end(Gateway gateway, Wire from, CompletableFuture<Void> sending, int sent) {
			sending.join();
			awaitBytes(gateway, sent);
			from.reset();
		}
	},

	REFUSED_FRAME(12) {
		@Override
		byte[] behind(boolean masked) {
			return ByteBufUtil.decodeHexDump("82ffffffffffffffffff00000000");
		}

		@Override
		int delivered(byte[] sent, byte[] received, byte[] own) {
			return sent.length - behind(false).length;
		}

		@Override
		int code() {
			return 1002;
		}
	},

	OPERATOR(12) {
		@Override
		void end(Gateway gateway, Wire from, CompletableFuture<Void> sending, int sent) {
			awaitBytes(gateway, 3 * MESSAGE);
			CloseOrder order = new CloseOrder(CloseCause.GATEWAY_OPERATOR, 1012, "", Duration.ofSeconds(20));
			gateway.bean(TunnelRegistry.class).tell((tunnel) -> tunnel.close(order));
		}

		@Override
		int code() {
			return 1012;
		}
	},

	IDLE(12) {
		@Override
		int code() {
			return 1001;
		}
	};

	private static final int MESSAGE = 16 * 1024;

	private final int messages;

	WayToEnd(int messages) {
		this.messages = messages;
	}

	/**
	 * Returns the path of a route with the limits that this needs.
	 */
	String path() {
		return (this == IDLE) ? "/idle" : "/chat";
	}

	byte[] messages(boolean masked) {
		return messages(this.messages, masked);
	}

	static byte[] messages(int count, boolean masked) {
		ByteArrayOutputStream messages = new ByteArrayOutputStream();
		for (int i = 0; i < count; i++) {
			byte[] payload = new byte[MESSAGE];
			Arrays.fill(payload, (byte) i);
			messages.writeBytes(new Frame(0x82, masked, payload).bytes());
		}
		return messages.toByteArray();
	}

	static byte[] close(boolean masked) {
		return new Frame(0x88, masked, new byte[] { 3, (byte) 0xe8 }).bytes();
	}

	byte[] behind(boolean masked) {
		return new byte[0];
	}

	void end(Gateway gateway, Wire from, CompletableFuture<Void> sending, int sent) {
	}

	/**
	 * Returns how much of what was sent must have arrived: where an operator says so, up
	 * to the end of a message.
	 */
	int delivered(byte[] sent, byte[] received, byte[] own) {
		return (this == OPERATOR) ? received.length - own.length : sent.length;
	}

	/**
	 * Returns the code of the gateway's own close frame, or 0.
	 */
	int code() {
		return 0;
	}

	/**
	 * Returns the gateway's own close frame behind what was relayed.
	 */
	byte[] own(boolean masked, byte[] received) {
		if (code() == 0) {
			return new byte[0];
		}
		int frame = received.length % (MESSAGE + (masked ? 8 : 4));
		byte[] close = Arrays.copyOfRange(received, received.length - frame, received.length);
		assertThat(close[0] & 0xff).as("close frame").isEqualTo(0x88);
		int mask = masked ? (close[2] & 0xff) << 8 | close[3] & 0xff : 0;
		int code = masked ? 6 : 2;
		assertThat(((close[code] & 0xff) << 8 | close[code + 1] & 0xff) ^ mask).isEqualTo(code());
		return close;
	}

	private static void awaitBytes(Gateway gateway, long bytes) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> Objects.requireNonNull(gateway.bean(TunnelRegistry.class).ask(Tunnel::snapshot).block())
				.stream()
				.anyMatch((tunnel) -> sent(tunnel) >= bytes));
	}

	private static long sent(TunnelSnapshot tunnel) {
		return Math.max(tunnel.client().bytes(), tunnel.upstream().bytes());
	}

}
