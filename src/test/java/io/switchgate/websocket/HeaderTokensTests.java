package io.switchgate.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of lists in one or more header lines.
 */
class HeaderTokensTests {

	private static final int ROUNDS = 2_000;

	private static final List<String> PIECES = List.of("a", "Upgrade", "-", "13", "=", ";", "; q=1", "\"\"", "\",\"",
			"\"a, b\"", "\"\\\"\"", "\"\\\\\"", "\" ,; \\\", \"", "\\");

	private static final List<String> WHITE_SPACE = List.of("", "", " ", "\t", " \t ");

	static Stream<Arguments> lists() {
		return Stream.of(Arguments.of(List.of(), List.of()), Arguments.of(List.of("upgrade"), List.of("upgrade")),
				Arguments.of(List.of("keep-alive, Upgrade"), List.of("keep-alive", "Upgrade")),
				Arguments.of(List.of("a,b ,\tc"), List.of("a", "b", "c")),
				Arguments.of(List.of("a", "b, c", "d"), List.of("a", "b", "c", "d")),
				Arguments.of(List.of("", " ", ",", " , ,", ",a,,b,"), List.of("a", "b")),
				Arguments.of(List.of("x; a=\"1, 2\", y"), List.of("x; a=\"1, 2\"", "y")),
				Arguments.of(List.of("\"a\\\", b\", c"), List.of("\"a\\\", b\"", "c")),
				Arguments.of(List.of("\"a\\\\\", b"), List.of("\"a\\\\\"", "b")),
				Arguments.of(List.of("a\\, b"), List.of("a\\", "b")),
				Arguments.of(List.of("\"open, a", "b"), List.of("\"open, a", "b")),
				Arguments.of(List.of("\"open\\"), List.of("\"open\\")));
	}

	@ParameterizedTest
	@MethodSource("lists")
	void splitsAtCommasOutsideOfQuotes(List<String> lines, List<String> members) {
		assertThat(HeaderTokens.of(lines).values()).isEqualTo(members);
	}

	@Test
	void findsTheSameMembersHoweverTheyAreJoined() {
		for (int seed = 0; seed < ROUNDS; seed++) {
			Random random = new Random(seed);
			List<String> members = IntStream.range(0, random.nextInt(8)).mapToObj((i) -> member(random)).toList();
			List<String> lines = join(members, random);
			assertThat(HeaderTokens.of(lines).values()).as("seed %d, lines %s", seed, lines).isEqualTo(members);
		}
	}

	/**
	 * Returns a random member, without white space around it.
	 */
	private static String member(Random random) {
		StringBuilder member = new StringBuilder();
		for (int left = random.nextInt(4); left >= 0; left--) {
			member.append(any(PIECES, random));
		}
		return member.toString().strip();
	}

	private static List<String> join(List<String> members, Random random) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder(any(WHITE_SPACE, random));
		for (String member : members) {
			line.append(member).append(any(WHITE_SPACE, random));
			for (int empty = random.nextInt(3); empty >= 0; empty--) {
				if (random.nextInt(4) == 0) {
					lines.add(line.toString());
					line.setLength(0);
					line.append(any(List.of("", ","), random));
				}
				else {
					line.append(',');
				}
				line.append(any(WHITE_SPACE, random));
			}
		}
		lines.add(line.toString());
		return lines;
	}

	private static String any(List<String> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "upgrade", "Upgrade", "UPGRADE", "keep-alive, uPGRADE", "upgrade,upgrade" })
	void findsATokenInAnyCase(String line) {
		assertThat(HeaderTokens.of(List.of(line)).contains("Upgrade")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "upgrades", "up grade", "\"upgrade\"", "upgrade;q=1", "\"a, upgrade\"" })
	void findsNoTokenInsideAnother(String line) {
		assertThat(HeaderTokens.of(List.of(line)).contains("upgrade")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			websocket            | true
			WebSocket, websocket | true
			''                   | false
			,                    | false
			websocket, h2c       | false
			h2c                  | false
			""")
	void tellsATokenAloneFromOneBesideOthers(String line, boolean alone) {
		assertThat(HeaderTokens.of(List.of(line)).containsOnly("websocket")).isEqualTo(alone);
	}

	@Test
	void namesHaveNeitherCaseNorParameters() {
		assertThat(HeaderTokens.of(List.of("Permessage-Deflate ; a=\"x, y;z\", x-b;c", "D")).names())
			.containsExactly("permessage-deflate", "x-b", "d");
	}

}
