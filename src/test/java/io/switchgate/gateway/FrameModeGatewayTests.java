package io.switchgate.gateway;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of frames that break RFC 6455.
 */
class FrameModeGatewayTests {

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void refusesALengthThatHidesWhereItsFrameEnds(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "client-protocol", 1002);
		try (Lane.Ends ends = lane.open()) {
			ends.client().send(Frame.text("before").mask().bytes());
			ends.client().send(ByteBufUtil.decodeHexDump("82ffffffffffffffffff00000000"));
			assertThat(ends.upstream().frame().text()).isEqualTo("before");
			CloseFrames.expect(ends.client().frame(), false, 1002, "Length with its top bit set");
			CloseFrames.expect(ends.upstream().frame(), true, 1002, "Length with its top bit set");
		}
		cause.await();
	}

	@ParameterizedTest
	@CsvSource({ "client, 897e0000, Control frame in pieces or over 125 bytes",
			"client, 0980aabbccdd, Control frame in pieces or over 125 bytes",
			"client, 810161, Unmasked frame of the client",
			"client, c18000000000, Reserved bit or opcode without an extension",
			"client, 838000000000, Reserved bit or opcode without an extension",
			"client, 808000000000, Continuation of no message",
			"client, 018000000000818000000000, Message inside another message",
			"upstream, 818100000000aa, Masked frame of the upstream",
			"upstream, a100, Reserved bit or opcode without an extension",
			"upstream, 887e0000, Control frame in pieces or over 125 bytes" })
	void refusesWhatBreaksTheProtocolWhereItIsStrict(String end, String hex, String reason) {
		Lane lane = Lane.any();
		boolean client = end.equals("client");
		Causes cause = Causes.expect(lane.gateway(), end + "-protocol", 1002);
		try (Lane.Ends ends = lane.open(Lane.Limited.STRICT)) {
			(client ? ends.client() : ends.upstream()).send(ByteBufUtil.decodeHexDump(hex));
			if (hex.startsWith("018")) {
				assertThat(ends.upstream().frame().payload()).isEmpty();
			}
			ends.assertClosed(1002, reason);
		}
		cause.await();
	}

	@ParameterizedTest
	@CsvSource({ "client, 810161", "client, c18000000000", "client, 838000000000", "client, 808000000000",
			"upstream, 818100000000aa", "upstream, a100" })
	void passesWhatIsToldApartAllTheSame(String end, String hex) {
		byte[] frame = ByteBufUtil.decodeHexDump(hex);
		try (Lane.Ends ends = Lane.any().open()) {
			Wire from = end.equals("client") ? ends.client() : ends.upstream();
			Wire to = end.equals("client") ? ends.upstream() : ends.client();
			from.send(frame);
			assertThat(to.read(frame.length)).isEqualTo(frame);
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#versions")
	void passesReservedBitsOfAnExtensionWhereItIsStrict(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(
					Handshakes.request(lane.path(Lane.Limited.STRICT), "Sec-WebSocket-Extensions: permessage-deflate"));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head())
					.replace("\n\n", "\nSec-WebSocket-Extensions: permessage-deflate\n\n"));
				client.head();
				client.send(new Frame(0xc1, true, new byte[3]).bytes());
				assertThat(upstream.frame().first()).isEqualTo(0xc1);
			}
		}
	}

}
