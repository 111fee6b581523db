package io.switchgate.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of lists of random text.
 */
class HeaderTokensPropertyTests {

	private static final int ROUNDS = 5_000;

	private static final List<String> PIECES = List.of(",", ",", "\"", "\\", ";", "=", " ", "\t", "a", "Upgrade",
			"websocket", "\u0000", "\u00a0", "\u0130", "\u2028", "\ud83d", "\r\n", "\\\"", "\",\"");

	private static List<String> lines(RandomText text) {
		return Stream.generate(() -> text.of(PIECES, 12)).limit(text.random().nextInt(4)).toList();
	}

	@Test
	void linesAreSplitEachOnItsOwn() {
		Seeds.forEach(ROUNDS, (random) -> {
			List<String> lines = lines(new RandomText(random));
			List<String> members = new ArrayList<>();
			lines.forEach((line) -> members.addAll(HeaderTokens.of(List.of(line)).values()));
			assertThat(HeaderTokens.of(lines).values()).as("%s", lines).isEqualTo(members);
		});
	}

	@Test
	void membersAreSplitNoFurther() {
		Seeds.forEach(ROUNDS, (random) -> {
			List<String> members = HeaderTokens.of(lines(new RandomText(random))).values();
			assertThat(HeaderTokens.of(members).values()).isEqualTo(members);
			assertThat(members).allSatisfy((member) -> assertThat(member).isNotEmpty().isEqualTo(member.strip()));
		});
	}

	@Test
	void nothingIsLostBesidesCommasAndWhiteSpace() {
		Seeds.forEach(ROUNDS, (random) -> {
			List<String> lines = lines(new RandomText(random));
			assertThat(letters(HeaderTokens.of(lines).values())).as("%s", lines).isEqualTo(letters(lines));
		});
	}

	private static String letters(List<String> texts) {
		StringBuilder letters = new StringBuilder();
		texts.forEach((text) -> text.chars()
			.filter((c) -> c != ',' && !Character.isWhitespace(c))
			.forEach((c) -> letters.append((char) c)));
		return letters.toString();
	}

	@Test
	void namesAndTokensAgree() {
		Seeds.forEach(ROUNDS, (random) -> {
			HeaderTokens tokens = HeaderTokens.of(lines(new RandomText(random)));
			assertThat(tokens.names()).hasSameSizeAs(tokens.values())
				.allSatisfy((name) -> assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)).doesNotContain(";"));
			if (tokens.contains("upgrade")) {
				assertThat(tokens.names()).contains("upgrade");
			}
			if (tokens.containsOnly("upgrade")) {
				assertThat(tokens.names()).containsOnly("upgrade");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { ",", "\"", "\\", "\"\\", "\",", " ", ", ", "a;", "\\\"", ";" })
	@Timeout(10)
	void longLinesAreReadInTime(String piece) {
		HeaderTokens tokens = HeaderTokens.of(List.of(piece.repeat(2_000_000)));
		assertThat(tokens.names()).hasSameSizeAs(tokens.values());
		assertThat(tokens.contains("upgrade")).isFalse();
	}

}
