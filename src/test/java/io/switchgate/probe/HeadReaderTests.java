package io.switchgate.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.problem.ProblemCause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeadReaderTests {

	@Test
	void readsAHeadAndLeavesWhatComesBehindIt() throws Exception {
		InputStream in = in("HTTP/1.1 101 Switching Protocols\r\nUpgrade:websocket \r\nX-A: b: c\r\nX-E:\r\n\r\nrest");
		Head head = new HeadReader(in).read();
		assertThat(head.status()).isEqualTo(101);
		assertThat(head.line()).isEqualTo("HTTP/1.1 101 Switching Protocols");
		assertThat(head.headers()).containsExactly(Map.entry("Upgrade", "websocket"), Map.entry("X-A", "b: c"),
				Map.entry("X-E", ""));
		assertThat(in).hasContent("rest");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 404 Not Found\n\n", "HTTP/1.0 404\r\n\r\n", "HTTP/1.1 404 \r\n\n",
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n" })
	void readsTheFinalAnswer(String answer) throws Exception {
		assertThat(new HeadReader(in(answer)).read().status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"SSH-2.0-OpenSSH | no HTTP: it begins with SSH-2.0-OpenSSH (53 53 48 2d 32 2e 30 2d 4f 70 65 6e 53 53 48)",
			"HTTP/2.0 200 OK | no HTTP: it begins with HTTP/2.0 200 OK (48 54",
			"HTTP/1.1 2000 OK~ | the status line HTTP/1.1 2000 OK",
			"HTTP/1.2 200 OK~ | the status line HTTP/1.2 200 OK", "HTTP/1.1 099 No~ | the status line HTTP/1.1 099 No",
			"HTTP/1.1 200 OK~x~~ | a header without a colon", "HTTP/1.1 200 OK~: x~~ | a header without a colon" })
	void reportsAnswersThatAreNotHttp(String answer, String complaint) {
		assertFails(answer, ProblemCause.UPSTREAM_ANSWER_INVALID, "the answer is not as HTTP/1.1 asks: " + complaint);
	}

	@Test
	void doesNotWaitForALineThatNeverEnds() {
		byte[] alert = { 0x15, 3, 1, 0, 2, 2, 70 };
		assertThatExceptionOfType(ProbeException.class)
			.isThrownBy(() -> new HeadReader(new ByteArrayInputStream(alert)).read())
			.withMessageContaining("it begins with \\x15\\x03\\x01\\x00\\x02\\x02F (15 03 01 00 02 02 46)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | 0", "HTTP | 4", "HTTP/1.1 200 OK~ | 16", "HTTP/1.1 100 Continue~~ | 23" })
	void reportsWhereTheConnectionEnded(String answer, int bytes) {
		assertFails(answer, ProblemCause.UPSTREAM_CLOSED,
				"the connection ended after " + bytes + " bytes of an answer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 100 Continue~~", "A: b~", "x" })
	void refusesAHeadThatNeverEnds(String endless) {
		assertFails("HTTP/1.1 100 ~" + (endless.startsWith("HTTP") ? "~" : "") + endless.repeat(64 * 1024),
				ProblemCause.UPSTREAM_ANSWER_INVALID, "the answer is not as HTTP/1.1 asks: a head of more than 64 KB");
	}

	private static void assertFails(String answer, ProblemCause cause, String message) {
		assertThatExceptionOfType(ProbeException.class).isThrownBy(() -> new HeadReader(in(answer)).read())
			.withMessageStartingWith(message)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(cause));
	}

	private static InputStream in(String text) throws IOException {
		return new ByteArrayInputStream(text.replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1));
	}

}
