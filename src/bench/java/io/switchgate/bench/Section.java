package io.switchgate.bench;

/**
 * The part of a page that is written by the benchmark.
 */
final class Section {

	private static final String BEGIN = "<!-- benchmark -->\n";

	private static final String END = "<!-- end of benchmark -->";

	private Section() {
	}

	/**
	 * Returns the page with another text between its markers.
	 */
	static String replace(String page, String text) {
		int begin = page.indexOf(BEGIN);
		int end = page.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new IllegalArgumentException(
					"page: no benchmark (expected: " + BEGIN.strip() + " before " + END + ")");
		}
		return page.substring(0, begin + BEGIN.length()) + text + page.substring(end);
	}

}
