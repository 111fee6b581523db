package io.switchgate.conformance;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes answers of a proxy in the notation of case files, with placeholders for what
 * changes from run to run.
 *
 * @param notation notation of case files
 */
record Answers(Notation notation) {

	private static final Pattern TYPE = Pattern.compile("\"type\":\"urn:switchgate:problem:([a-z0-9-]+)\"");

	private static final Pattern DETAIL = Pattern.compile("\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"");

	/**
	 * Returns the text of an answer.
	 */
	String text(Message answer) {
		String head = answer.head().replaceAll("(?im)^(date: ).*?(\r?)$", "$1{date}$2");
		if (!isProblem(answer)) {
			return this.notation.text(concat(head, new String(answer.body(), StandardCharsets.ISO_8859_1)));
		}
		String body = (answer.body().length != 0) ? "{problem}" : "";
		return this.notation.text(concat(head.replaceAll("(?i)(content-length: )\\d+", "$1{length}"), body));
	}

	/**
	 * Returns the code and the detail of the problem in an answer, or a complaint about
	 * it.
	 */
	String cause(Message answer) {
		String json = new String(answer.body(), StandardCharsets.UTF_8);
		Matcher type = TYPE.matcher(json);
		Matcher detail = DETAIL.matcher(json);
		if (!type.find() || !detail.find() || !json.contains("\"status\":" + answer.status() + ",")) {
			return "not a problem: " + json;
		}
		String cause = type.group(1) + ": " + detail.group(1);
		return this.notation.text(cause.getBytes(StandardCharsets.UTF_8)).replace("\\\n", "");
	}

	static boolean isProblem(Message answer) {
		return answer.says("content-type: application/problem+json");
	}

	private static byte[] concat(String head, String body) {
		return (head + body).getBytes(StandardCharsets.ISO_8859_1);
	}

}
