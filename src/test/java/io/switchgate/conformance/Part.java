package io.switchgate.conformance;

/**
 * A section with its text, in the notation of case files.
 *
 * @param section what it is
 * @param text lines below the heading, each with its line feed
 */
record Part(Section section, String text) {

	@Override
	public String toString() {
		return this.section.heading() + "\n" + this.text;
	}

}
