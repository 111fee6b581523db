package io.switchgate.probe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;

import static org.assertj.core.api.Assertions.assertThat;

class FrameReaderTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 1024, 65_535, 65_536, 1_000_000 })
	void readsMessagesOfEveryLength(int length) {
		FrameReader reader = reader(Frame.text("x".repeat(length)), Frame.text("next"));
		assertThat(reader.next().text())
			.isEqualTo((length <= 1024) ? "x".repeat(length) : "x".repeat(1024) + "... (" + length + " bytes)");
		assertThat(reader.next().text()).isEqualTo("next");
		assertThat(reader.next().kind()).isEqualTo(Incoming.Kind.FIN);
	}

	@Test
	void joinsFramesAroundControlFrames() {
		Incoming message = reader(new Frame(0x01, false, bytes("a")), new Frame(0x89, false, bytes("p")),
				new Frame(0x00, false, bytes("b")), new Frame(0x80, false, bytes("c")))
			.next();
		assertThat(message.kind()).isEqualTo(Incoming.Kind.MESSAGE);
		assertThat(message.text()).isEqualTo("abc");
	}

	@Test
	void readsEveryKindOfFrame() {
		FrameReader reader = reader(new Frame(0x89, false, bytes("p")), new Frame(0x8A, false, bytes("q")),
				Frame.binary(bytes("abc")), Frame.close(1011, "boom"));
		assertThat(reader.next()).satisfies((ping) -> {
			assertThat(ping.kind()).isEqualTo(Incoming.Kind.PING);
			assertThat(ping.payload()).asString().isEqualTo("p");
		});
		assertThat(reader.next().kind()).isEqualTo(Incoming.Kind.PONG);
		assertThat(reader.next().text()).isEqualTo("binary, 3 bytes");
		assertThat(reader.next()).satisfies((close) -> {
			assertThat(close.kind()).isEqualTo(Incoming.Kind.CLOSE);
			assertThat(close.code()).isEqualTo(1011);
			assertThat(close.text()).isEqualTo("boom");
		});
	}

	@Test
	void aCloseFrameWithoutACodeIs1005() {
		assertThat(reader(new Frame(0x88, false, new byte[0])).next().code()).isEqualTo(1005);
	}

	@Test
	void reservedBitsBelongToAnExtension() {
		Frame compressed = new Frame(0xC1, false, bytes("abc"));
		assertThat(new FrameReader(new ByteArrayInputStream(compressed.bytes()), true).next().text())
			.isEqualTo("compressed, 3 bytes");
		assertThat(reader(compressed).next().text()).isEqualTo("a frame with reserved bits, and no extension");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "8180 | a masked frame of a server", "8300 | a frame with opcode 3",
			"0900 | a control frame in pieces, or with more than 125 bytes",
			"897e0080 | a control frame in pieces, or with more than 125 bytes", "8000 | a continuation of nothing",
			"01008100 | a new message within another", "817fffffffffffffffff | a frame with more than 2^63 bytes" })
	void reportsInvalidFrames(String hex, String complaint) {
		Incoming end = new FrameReader(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), false).next();
		assertThat(end.kind()).isEqualTo(Incoming.Kind.BROKEN);
		assertThat(end.code()).isEqualTo(1002);
		assertThat(end.text()).isEqualTo(complaint);
	}

	private static byte[] bytes(String text) {
		return Frame.text(text).payload();
	}

	private static FrameReader reader(Frame... frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (Frame frame : frames) {
			bytes.writeBytes(frame.bytes());
		}
		return new FrameReader(new ByteArrayInputStream(bytes.toByteArray()), false);
	}

}
