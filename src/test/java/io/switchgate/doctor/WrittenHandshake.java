package io.switchgate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeOutcome;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.Header;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.tunnel.CloseCause;

/**
 * Handshake from a file.
 *
 * @param handshake record of the handshake
 * @param expected texts that the verdict must contain
 */
record WrittenHandshake(HandshakeRecord handshake, List<String> expected) {

	/**
	 * Marks a head that is absent.
	 */
	private static final String NOTHING = "-";

	static WrittenHandshake read(Path file) throws IOException {
		String[] parts = Files.readString(file).split("\n?----------\n", -1);
		Map<String, String> known = Arrays.stream(parts[0].split("\n", -1))
			.filter((line) -> !line.isEmpty())
			.map((line) -> line.split(": ", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
		HeaderBlock answer = block(parts[3]);
		String upstream = known.getOrDefault("upstream", "http://backend:8000");
		HandshakeRecord.Side asked = parts[2].isEmpty() ? null
				: new HandshakeRecord.Side(upstream, null, block(parts[2]), answer);
		HandshakeRecord.Result result = new HandshakeRecord.Result("chat", HandshakeOutcome.FAILED, 0,
				known.get("cause"), known.get("detail"));
		HandshakeRecord handshake = new HandshakeRecord("1", Instant.EPOCH, result,
				new HandshakeRecord.Times(null, null, null, Duration.ZERO),
				new HandshakeRecord.Side("192.0.2.1", null, block(parts[1]), null), asked, ending(known.get("ending")));
		return new WrittenHandshake(handshake, parts[4].strip().lines().toList());
	}

	HandshakeRecord.Side asked() {
		return Objects.requireNonNull(this.handshake.upstream());
	}

	private static @Nullable HeaderBlock block(String text) {
		if (text.isEmpty() || text.equals(NOTHING)) {
			return null;
		}
		List<String> lines = text.lines().toList();
		return HeaderBlock.of(lines.get(0),
				lines.stream()
					.skip(1)
					.map((line) -> line.split(": ", 2))
					.map((pair) -> new Header(pair[0], pair[1]))
					.toList());
	}

	/**
	 * Parses the cause, the code and the lifetime in milliseconds.
	 */
	private static HandshakeRecord.@Nullable Ending ending(@Nullable String text) {
		if (text == null) {
			return null;
		}
		String[] words = text.split(" ", -1);
		return new HandshakeRecord.Ending(CloseCause.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_')),
				Integer.parseInt(words[1]), Duration.ofMillis(Long.parseLong(words[2])));
	}

}
