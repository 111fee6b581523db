package io.switchgate.forwarded;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of trusted hops with random headers.
 */
class TrustedHopsPropertyTests {

	private static final int ROUNDS = 20_000;

	private static final List<String> TRUSTED = List.of("10.1.2.3", "10.255.255.255", "127.0.0.1", "2001:db8::2");

	private static final List<String> STRANGERS = List.of("192.0.2.1", "11.0.0.0", "127.0.0.2", "2001:db9::1",
			"255.255.255.255", "0.0.0.0", "::");

	private static final List<String> NONSENSE = List.of("unknown", "_hidden", "10.0.0.256", "10.0.0", "10.0.0.1:80",
			"[2001:db8::1]:80", "localhost", "1.2.3.4.5", "2001:db8:::1", "\"10.0.0.1\"", "10.0.0.1;a", "\u0661.0.0.1",
			"10.0.0.1 10.0.0.2", "for=10.0.0.1", "%", ":", ".", "..", "0x7f.1", "-1.0.0.0", "99999999999", "\u0000");

	private final TrustedHops hops = TrustedHops.of(List.of("10.0.0.0/8", "127.0.0.1", "2001:db8::/32"));

	private String client(String peer, List<String> lines) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/")
			.remoteAddress(new InetSocketAddress(peer, 1));
		lines.forEach((line) -> request.header("X-Forwarded-For", line));
		return String.valueOf(this.hops.client(request.build()));
	}

	private static List<String> some(List<String> choices, int most, Random random) {
		List<String> some = new ArrayList<>();
		for (int left = random.nextInt(most + 1); left > 0; left--) {
			some.add(new RandomText(random).any(choices));
		}
		return some;
	}

	@Test
	void theClientIsTheHopInFrontOfTheTrustedHops() {
		Seeds.forEach(ROUNDS, (random) -> {
			RandomText text = new RandomText(random);
			String stranger = text.any(STRANGERS);
			List<String> hops = some(text.oneIn(2) ? NONSENSE : STRANGERS, 4, random);
			hops.add(stranger);
			hops.addAll(some(TRUSTED, 3, random));
			assertThat(client(text.any(TRUSTED), lines(hops, random))).as("%s", hops)
				.isEqualTo(NetUtil.bytesToIpAddress(NetUtil.createByteArrayFromIpAddressString(stranger)));
		});
	}

	/**
	 * Spreads a list over lines, with empty members between the hops.
	 */
	private static List<String> lines(List<String> hops, Random random) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (String hop : hops) {
			line.append(hop);
			if (random.nextInt(3) == 0) {
				lines.add(line.toString());
				line.setLength(0);
			}
			else {
				line.append(random.nextBoolean() ? "," : " , ,\t");
			}
		}
		lines.add(line.toString());
		return lines;
	}

	@Test
	void theClientIsTheTrustedHopBehindNonsense() {
		Seeds.forEach(ROUNDS, (random) -> {
			RandomText text = new RandomText(random);
			List<String> hops = some(STRANGERS, 2, random);
			hops.add(text.any(NONSENSE));
			List<String> trusted = some(TRUSTED, 3, random);
			hops.addAll(trusted);
			String peer = text.any(TRUSTED);
			assertThat(client(peer, lines(hops, random))).as("%s", hops)
				.isEqualTo(client(peer, trusted.isEmpty() ? List.of() : List.of(trusted.get(0))));
		});
	}

	@Test
	void theClientIsAnAddressWhateverTheHeaderSays() {
		List<String> pieces = List.of(",", ", ", ":", "::", ".", "10", "255", "256", "10.0.0.1", "2001:db8", "[", "]",
				"%", "eth0", "\"", "\\", "ffff", "0", "/", "\u0000", "\u00e9", "for=");
		Seeds.forEach(ROUNDS, (random) -> {
			String line = new RandomText(random).of(pieces, 12);
			String client = client("10.0.0.1", Collections.nCopies(1 + random.nextInt(2), line));
			assertThat(NetUtil.isValidIpV4Address(client) || NetUtil.isValidIpV6Address(client))
				.as("%s from %s", client, line)
				.isTrue();
		});
	}

	@Test
	void anUntrustedPeerIsTheClientWhateverItSays() {
		Seeds.forEach(ROUNDS, (random) -> {
			List<String> hops = some(TRUSTED, 3, random);
			hops.addAll(some(NONSENSE, 3, random));
			Collections.shuffle(hops, random);
			assertThat(client("192.0.2.9", lines(hops, random))).as("%s", hops).isEqualTo("192.0.2.9");
		});
	}

	@Test
	void networksAreUnderstoodOrRefusedByName() {
		List<String> pieces = List.of("/", "8", "32", "33", "128", "129", "-1", "10.0.0.0", "2001:db8::", "::", ".",
				"%eth0", "[::1]", " ", "a", "999999999999", "");
		Seeds.forEach(ROUNDS, (random) -> {
			String network = new RandomText(random).of(pieces, 4);
			Throwable refusal = catchThrowable(() -> TrustedHops.of(List.of(network)));
			if (refusal != null) {
				assertThat(refusal).isInstanceOf(IllegalArgumentException.class)
					.hasMessageStartingWith("switchgate.forwarded.trusted: " + network + " (expected: ");
			}
		});
	}

}
