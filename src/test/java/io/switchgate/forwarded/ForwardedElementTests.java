package io.switchgate.forwarded;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the syntax of {@code Forwarded} (RFC 7239).
 */
class ForwardedElementTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', nullValues = "absent", textBlock = """
			192.0.2.7      | example.com        | for=192.0.2.7;host=example.com;proto=https
			2001:db8::7    | example.com:8443   | for="[2001:db8::7]";host="example.com:8443";proto=https
			::ffff:1.2.3.4 | [2001:db8::1]:8443 | for=1.2.3.4;host="[2001:db8::1]:8443";proto=https
			192.0.2.7      | absent             | for=192.0.2.7;proto=https
			192.0.2.7      | a b                | for=192.0.2.7;host="a b";proto=https
			192.0.2.7      | a"b                | for=192.0.2.7;proto=https
			192.0.2.7      | a\\b               | for=192.0.2.7;proto=https
			""")
	void quotesValuesThatAreNoTokens(String address, String host, String element) throws UnknownHostException {
		assertThat(new ForwardedElement(InetAddress.getByName(address), host, "https")).hasToString(element);
		assertThat(ForwardedElement.areIn(element)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", "for=1.2.3.4", "For=_hidden;By=unknown", "for=1.2.3.4, for=5.6.7.8",
			"for=1.2.3.4;proto=http;by=203.0.113.43;", "for=\"[2001:db8::7]:4711\"", "for=\"\"",
			"for=\"a, b;c=d\" ,x=y" })
	void recognizesValidElements(String line) {
		assertThat(ForwardedElement.areIn(line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.2.3.4", "for=", "for=[::1]", "for=1.2.3.4:80", "for=\"", "for=\"a", "for=\"a\"b",
			"for=a\"b\"", "for=a\"b, for=\"c", "for=\"a\\\"b\"", "for=a b", "for =a", "=a", "for=a\u0000", "for=a\n" })
	void recognizesInvalidElements(String line) {
		assertThat(ForwardedElement.areIn(line)).isFalse();
	}

	@Test
	void readsLongLinesWithoutAStackOverflow() {
		String line = "for=a;".repeat(100_000) + "by=\"" + " ".repeat(100_000) + '"';
		assertThat(ForwardedElement.areIn(line)).isTrue();
		assertThat(ForwardedElement.areIn(line + '"')).isFalse();
	}

}
