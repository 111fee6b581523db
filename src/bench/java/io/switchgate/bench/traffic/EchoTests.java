package io.switchgate.bench.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EchoTests {

	private static final int CLIENT = 7;

	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private final EmbeddedChannel upstream = new EmbeddedChannel(new Echo());

	private final List<String> heard = new ArrayList<>();

	@BeforeEach
	void opensATunnel() {
		byte[] answer = exchange(BrowserRequest.of(8080, KEY).getBytes(StandardCharsets.US_ASCII), Integer.MAX_VALUE);
		Upgrade.check(new String(answer, StandardCharsets.US_ASCII), KEY);
	}

	private byte[] exchange(byte[] request, int piece) {
		for (int i = 0; i < request.length; i += piece) {
			this.upstream.writeInbound(Unpooled.copiedBuffer(request, i, Math.min(piece, request.length - i)));
			if (piece > request.length) {
				break;
			}
		}
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf part = this.upstream.readOutbound(); part != null; part = this.upstream.readOutbound()) {
			all.writeBytes(part);
			part.release();
		}
		return ByteBufUtil.getBytes(all);
	}

	private static byte[] message(long number, int size) {
		ByteBuf frame = Unpooled.buffer();
		FrameHead.writeMasked(frame, FrameHead.BINARY, size, 0x89ABCDEF);
		Payload.write(frame, Payload.name(CLIENT, number), size, 0x89ABCDEF);
		return ByteBufUtil.getBytes(frame);
	}

	private void hear(int size, int piece, byte[]... echoes) {
		EchoReader reader = new EchoReader(CLIENT, size, new EchoReader.Listener() {

			@Override
			public void echoed(long message) {
				EchoTests.this.heard.add("message " + message);
			}

			@Override
			public void control(int first, ByteBuf payload) {
				EchoTests.this.heard.add("control " + Integer.toHexString(first));
			}

		});
		ByteBuf all = Unpooled.wrappedBuffer(echoes);
		while (all.isReadable()) {
			reader.read(all.readSlice(Math.min(piece, all.readableBytes())));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 64, 1024, 128 * 1024 })
	void messagesComeBackWhateverTheirSize(int size) {
		byte[] first = exchange(message(0, size), Integer.MAX_VALUE);
		hear(size, Integer.MAX_VALUE, first, exchange(message(1, size), Integer.MAX_VALUE));
		assertThat(this.heard).containsExactly("message 0", "message 1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 13, 100 })
	void messagesComeBackWhereverReadsEnd(int piece) {
		byte[] first = exchange(message(0, 1024), piece);
		hear(1024, piece, first, exchange(message(1, 1024), piece));
		assertThat(this.heard).containsExactly("message 0", "message 1");
	}

	@Test
	void pingsComeBackAsPongs() {
		byte[] pong = exchange(new byte[] { (byte) FrameHead.PING, (byte) 0x80, 1, 2, 3, 4 }, Integer.MAX_VALUE);
		hear(64, 1, pong, exchange(message(0, 64), Integer.MAX_VALUE));
		assertThat(this.heard).containsExactly("control 8a", "message 0");
	}

	@Test
	void closesAfterTheClosingHandshake() {
		byte[] close = exchange(new byte[] { (byte) FrameHead.CLOSE, (byte) 0x80, 1, 2, 3, 4 }, Integer.MAX_VALUE);
		hear(64, 1, close);
		assertThat(this.heard).containsExactly("control 88");
		assertThat(this.upstream.isOpen()).isFalse();
	}

	@Test
	void noticesAnEchoThatIsLost() {
		byte[] second = exchange(message(1, 64), Integer.MAX_VALUE);
		assertWrong("message 0 of client 7 is not the next to come back but message 1 of client 7", second);
	}

	@Test
	void noticesAnEchoThatComesTwice() {
		byte[] first = exchange(message(0, 64), Integer.MAX_VALUE);
		assertWrong("message 1 of client 7 is not the next to come back but message 0 of client 7", first, first);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 9, 10, 40, 65 })
	void noticesEveryByteThatIsWrong(int index) {
		byte[] echo = exchange(message(0, 64), Integer.MAX_VALUE);
		echo[index] ^= 1;
		assertWrong("message 0 of client 7", echo);
	}

	@Test
	void noticesAnEchoOfAnotherLength() {
		assertWrong("longer than it was", exchange(message(0, 72), Integer.MAX_VALUE));
		assertWrong("shorter than it was", exchange(message(0, 56), Integer.MAX_VALUE));
	}

	private void assertWrong(String what, byte[]... echoes) {
		assertThatExceptionOfType(WrongEchoException.class).isThrownBy(() -> hear(64, Integer.MAX_VALUE, echoes))
			.withMessageContaining(what);
		assertThatExceptionOfType(WrongEchoException.class).isThrownBy(() -> hear(64, 3, echoes));
	}

}
