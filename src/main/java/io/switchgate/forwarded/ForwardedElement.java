package io.switchgate.forwarded;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * What one hop says in {@code Forwarded} (RFC 7239, section 4), as in
 * {@code for="[2001:db8::7]";host="example.com:8080";proto=https}.
 *
 * @param client whom the hop was asked by
 * @param host {@code Host} that it was asked for
 * @param proto how it was asked
 */
record ForwardedElement(InetAddress client, @Nullable String host, String proto) {

	private static final String TOKEN = "[0-9A-Za-z!#$%&'*+.^_`|~-]++";

	private static final String TEXT = "[\t\\x20-\\x7e\\x80-\\xff&&[^\"\\\\]]*+";

	private static final Pattern IS_TOKEN = Pattern.compile(TOKEN);

	private static final Pattern IS_TEXT = Pattern.compile(TEXT);

	/**
	 * One parameter and its delimiter. It does not match the whole line, because a
	 * pattern that repeats groups needs stack for each repetition.
	 */
	private static final Pattern NEXT = Pattern
		.compile("\\G[ \t]*+(?:" + TOKEN + "=(?:" + TOKEN + "|\"" + TEXT + "\"))?+[ \t]*+(?:[;,]|\\z)");

	/**
	 * Returns whether a line is a list of elements, so that all readers agree where one
	 * ends and the next begins. Backslashes are not accepted: no value of a hop needs
	 * one.
	 */
	static boolean areIn(String line) {
		Matcher next = NEXT.matcher(line);
		int end = 0;
		while (next.find()) {
			end = next.end();
		}
		return end == line.length();
	}

	@Override
	public String toString() {
		String address = NetUtil.toAddressString(this.client);
		String element = "for=" + quoted((address.indexOf(':') != -1) ? "[" + address + "]" : address);
		if (this.host != null && IS_TEXT.matcher(this.host).matches()) {
			element += ";host=" + quoted(this.host);
		}
		return element + ";proto=" + this.proto;
	}

	private static String quoted(String value) {
		return IS_TOKEN.matcher(value).matches() ? value : '"' + value + '"';
	}

}
