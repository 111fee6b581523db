package io.switchgate.conformance;

/**
 * Section of a case or of a transcript.
 *
 * @param type type of the section
 * @param text lines below the heading, in the notation of case files and with line feeds
 */
record Section(SectionType type, String text) {

	@Override
	public String toString() {
		return this.type.heading() + "\n" + this.text;
	}

}
