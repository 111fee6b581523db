package io.switchgate.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.switchgate.problem.ProblemCause;

/**
 * Reads the head of an answer, and not one byte more. It skips interim answers (RFC 9110,
 * section 15.2).
 */
final class HeadReader {

	private static final int MOST_BYTES = 64 * 1024;

	private static final int SWITCHING = 101;

	private static final int FINAL = 200;

	private static final String START = "HTTP/1.";

	private static final int SHOWN = 16;

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?");

	private final InputStream in;

	/**
	 * Bytes of all heads together, so that the number of interim answers is limited, too.
	 */
	private int bytes;

	HeadReader(InputStream in) {
		this.in = in;
	}

	/**
	 * Reads the next final answer or 101.
	 * @throws ProbeException if the connection ended, or the answer is no HTTP/1
	 * @throws IOException if the connection broke
	 */
	Head read() throws IOException, ProbeException {
		while (true) {
			Head head = head();
			if (head.status() >= FINAL || head.status() == SWITCHING) {
				return head;
			}
		}
	}

	private Head head() throws IOException, ProbeException {
		String line = statusLine();
		List<Map.Entry<String, String>> headers = new ArrayList<>();
		while (true) {
			String header = line(new ByteArrayOutputStream());
			if (header.isEmpty()) {
				return new Head(line, List.copyOf(headers));
			}
			int colon = header.indexOf(':');
			if (colon < 1) {
				throw invalid("a header without a colon");
			}
			headers.add(Map.entry(header.substring(0, colon), header.substring(colon + 1).strip()));
		}
	}

	/**
	 * Reads the status line. It fails at the first byte that cannot be HTTP, because
	 * other protocols may never send the end of a line.
	 */
	private String statusLine() throws IOException, ProbeException {
		ByteArrayOutputStream start = new ByteArrayOutputStream();
		for (int i = 0; i < START.length(); i++) {
			int b = next();
			start.write(b);
			if (b != START.charAt(i)) {
				throw noHttp(start);
			}
		}
		String line = line(start);
		if (!STATUS_LINE.matcher(line).matches()) {
			throw invalid("the status line " + Printable.of(line));
		}
		return line;
	}

	private ProbeException noHttp(ByteArrayOutputStream start) throws IOException {
		byte[] more = this.in.readNBytes(Math.min(this.in.available(), SHOWN - start.size()));
		start.write(more);
		return invalid("no HTTP: it begins with " + Printable.of(start.toString(StandardCharsets.ISO_8859_1)) + " ("
				+ HexFormat.ofDelimiter(" ").formatHex(start.toByteArray()) + ")");
	}

	private String line(ByteArrayOutputStream line) throws IOException, ProbeException {
		int b = next();
		while (b != '\n') {
			line.write(b);
			b = next();
		}
		String text = line.toString(StandardCharsets.ISO_8859_1);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	private int next() throws IOException, ProbeException {
		int b = this.in.read();
		if (b == -1) {
			throw new ProbeException(ProblemCause.UPSTREAM_CLOSED,
					"the connection ended after " + this.bytes + " bytes of an answer");
		}
		if (++this.bytes > MOST_BYTES) {
			throw invalid("a head of more than 64 KB");
		}
		return b;
	}

	private static ProbeException invalid(String what) {
		return new ProbeException(ProblemCause.UPSTREAM_ANSWER_INVALID, "the answer is not as HTTP/1.1 asks: " + what);
	}

}
