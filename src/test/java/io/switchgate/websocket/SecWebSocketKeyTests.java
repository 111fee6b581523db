package io.switchgate.websocket;

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of valid and invalid keys.
 */
class SecWebSocketKeyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# RFC 6455, section 1.3
			dGhlIHNhbXBsZSBub25jZQ== | s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
			# RFC 6455, section 4.1, whose last two bits are not zero
			AQIDBAUGBwgJCgsMDQ4PEC== | OfS0wDaT5NoxF2gqm7Zj2YtetzM=
			""")
	void acceptIsThatOfTheRfc(String key, String accept) {
		assertThat(new SecWebSocketKey(key).accept()).isEqualTo(accept);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 17, 18, 32 })
	void refusesAnyOtherLengthThan16Bytes(int length) {
		assertThat(SecWebSocketKey.isValid(Base64.getEncoder().encodeToString(new byte[length]))).isFalse();
		assertThat(SecWebSocketKey.isValid(Base64.getEncoder().encodeToString(new byte[16]))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ===",
			"dGhlIHNhbXBsZSBub25jZQAA", "dGhlIHNhbXBsZSBub25jZQ=A", "dGhlIHNhbXBsZSBub25jZ===",
			"dGhlIHNhbXBs=SBub25jZQ==" })
	void refusesWrongPadding(String key) {
		assertThat(SecWebSocketKey.isValid(key)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "_-_-_-_-_-_-_-_-_-_-_A==", "dGhlIHNhbXBs.SBub25jZQ==", "dGhlIHNhbXBs\u00e9SBub25jZQ==",
			"dGhlIHNhbXBs\u20acSBub25jZQ==", "dGhlIHNhbXBs,SBub25jZQ==", "\"GhlIHNhbXBsSBub25jZQ=\"" })
	void refusesLettersOutsideTheAlphabet(String key) {
		assertThat(SecWebSocketKey.isValid(key)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "                        ", " dGhlIHNhbXBsZSBub25jZQ==",
			"dGhlIHNhbXBsZSBub25jZQ==\t", "dGhlIHNhbXBs SBub25jZQ==", "dGhlIHNhbXBs\r\nBub25jZQ==" })
	void refusesWhiteSpace(String key) {
		assertThat(SecWebSocketKey.isValid(key)).isFalse();
	}

	@Test
	void anErrorSaysWhatWasExpected() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SecWebSocketKey("short"))
			.withMessage("Sec-WebSocket-Key: short (expected: 16 bytes in base64)");
	}

}
