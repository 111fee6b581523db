package io.switchgate.probe;

/**
 * Text for a terminal: what others sent must not move its cursor.
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
