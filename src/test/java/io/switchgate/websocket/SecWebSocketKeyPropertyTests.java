package io.switchgate.websocket;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of keys with random text.
 */
class SecWebSocketKeyPropertyTests {

	private static final int ROUNDS = 20_000;

	/**
	 * 16 bytes in base64. The last four bits are unused, and need not be zero.
	 */
	private static final Pattern VALID = Pattern.compile("[A-Za-z0-9+/]{22}==");

	private static final List<String> PIECES = List.of("=", "==", "A", "/", "+", "-", "_", " ", "\r\n", "\u0000",
			"\u00e9", "\u0141", "\u20ac", ",", "\"");

	private static String key(Random random) {
		byte[] nonce = new byte[16];
		random.nextBytes(nonce);
		return Base64.getEncoder().encodeToString(nonce);
	}

	@Test
	void everyNonceIsAKeyAndHasAnAcceptOfItsOwn() {
		Seeds.forEach(ROUNDS, (random) -> {
			SecWebSocketKey key = new SecWebSocketKey(key(random));
			assertThat(Base64.getDecoder().decode(key.accept())).hasSize(20);
			assertThat(key.accept()).isEqualTo(new SecWebSocketKey(key.value()).accept())
				.isNotEqualTo(new SecWebSocketKey(key(random)).accept());
		});
	}

	@Test
	void onlyNoncesAreKeys() {
		Seeds.forEach(ROUNDS, (random) -> {
			String text = key(random);
			for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
				text = new RandomText(random).mutate(text, PIECES);
			}
			String changed = text;
			boolean valid = VALID.matcher(changed).matches();
			assertThat(SecWebSocketKey.isValid(changed)).as("%s", changed).isEqualTo(valid);
			assertThat(SecWebSocketKey.of(List.of(changed)) != null).as("%s", changed).isEqualTo(valid);
			if (!valid) {
				assertThatIllegalArgumentException().isThrownBy(() -> new SecWebSocketKey(changed));
			}
		});
	}

}
