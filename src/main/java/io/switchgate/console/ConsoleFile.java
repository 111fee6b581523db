package io.switchgate.console;

import java.util.Arrays;
import java.util.Optional;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * The files of the console. No other name is served.
 */
enum ConsoleFile {

	PAGE("index.html", "text/html"),

	STYLE("app.css", "text/css"),

	/**
	 * Icon of its tab.
	 */
	ICON("icon.svg", "image/svg+xml"),

	/**
	 * Script that the page starts with.
	 */
	APP("app.js", "text/javascript"),

	/**
	 * Draws the chart.
	 */
	CHART("chart.js", "text/javascript"),

	/**
	 * Shows a handshake.
	 */
	HANDSHAKE("handshake.js", "text/javascript"),

	/**
	 * Closes tunnels and starts drains.
	 */
	ACTIONS("actions.js", "text/javascript"),

	/**
	 * Makes elements and rows.
	 */
	ELEMENTS("elements.js", "text/javascript");

	private final String fileName;

	private final MimeType type;

	ConsoleFile(String fileName, String type) {
		this.fileName = fileName;
		this.type = MimeType.valueOf(type + ";charset=utf-8");
	}

	/**
	 * Returns the file with a name that the page refers to.
	 */
	static Optional<ConsoleFile> part(String fileName) {
		return Arrays.stream(values()).filter((file) -> file != PAGE && file.fileName.equals(fileName)).findFirst();
	}

	MimeType type() {
		return this.type;
	}

	Resource content() {
		return new ClassPathResource("console/" + this.fileName);
	}

}
