package io.switchgate.probe;

/**
 * Text for a terminal, without control characters of others that could move the cursor.
 */
final class Printable {

	private Printable() {
	}

	static String of(String text) {
		StringBuilder printable = new StringBuilder();
		for (char c : text.toCharArray()) {
			if (c >= ' ' && c <= '~') {
				printable.append(c);
			}
			else {
				printable.append(String.format((c <= 0xFF) ? "\\x%02x" : "\\u%04x", (int) c));
			}
		}
		return printable.toString();
	}

}
