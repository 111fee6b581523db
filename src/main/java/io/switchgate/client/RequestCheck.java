package io.switchgate.client;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Checks the rules that the grammar of a request head does not cover, and turns the
 * target into origin-form (RFC 9112, section 3.2.1).
 */
final class RequestCheck {

	/**
	 * CONNECT and TRACE (RFC 9110, section 9.3), and an old name of the latter.
	 */
	private static final Set<String> METHODS_NEVER_CARRIED = Set.of("CONNECT", "TRACE", "TRACK");

	/**
	 * {@code uri-host [ ":" port ]} (RFC 9110, section 7.2).
	 */
	private static final Pattern HOST = Pattern
		.compile("(\\[[0-9A-Fa-f:.]+]|([\\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(:\\d{1,5})?");

	private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?|wss?)://([^/?]*)(.*)");

	/**
	 * Characters that neither URIs nor browsers use in a target, such as bytes that
	 * HTTP/2 lets pass, and percent signs that encode nothing.
	 */
	private static final Pattern NEVER_IN_TARGET = Pattern.compile("[^!-~]|[\"<>]|%(?![0-9A-Fa-f]{2})");

	/**
	 * Characters that no path may contain (RFC 3986, section 3.3) but browsers send
	 * unencoded.
	 */
	private static final Pattern ENCODED_IN_PATH = Pattern.compile("[{}|^`\\\\\\[\\]]");

	/**
	 * The same for a query, except brackets, which upstreams expect there.
	 */
	private static final Pattern ENCODED_IN_QUERY = Pattern.compile("[{}|^`\\\\]");

	private RequestCheck() {
	}

	/**
	 * Checks a request.
	 * @param request request, whose target is changed to origin-form
	 * @throws ProblemException if the request breaks a rule
	 */
	static void check(HttpRequest request) {
		if (METHODS_NEVER_CARRIED.contains(request.method().name())) {
			throw new ProblemException(ProblemCause.METHOD_NOT_ALLOWED,
					request.method() + " (expected: a method in Allow)");
		}
		checkHost(request);
		request.setUri(target(request));
		String expect = request.headers().get(HttpHeaderNames.EXPECT);
		if (expect != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
			throw new ProblemException(ProblemCause.EXPECTATION_FAILED, "Expect (expected: 100-continue)");
		}
	}

	private static void checkHost(HttpRequest request) {
		List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
		if (hosts.isEmpty() && HttpVersion.HTTP_1_0.equals(request.protocolVersion())) {
			return;
		}
		if (hosts.size() != 1 || !HOST.matcher(hosts.get(0)).matches()) {
			String found = (hosts.size() == 1) ? hosts.get(0) : hosts.size() + " times";
			throw new ProblemException(ProblemCause.HOST_INVALID,
					"Host: " + found + " (expected: one name, or address, and perhaps a port)");
		}
	}

	private static String target(HttpRequest request) {
		String target = request.uri();
		if (!target.startsWith("/")) {
			target = originForm(target, request.headers().get(HttpHeaderNames.HOST));
		}
		if (!target.startsWith("/") || NEVER_IN_TARGET.matcher(target).find()) {
			throw new ProblemException(ProblemCause.TARGET_INVALID, target + " (expected: a path, as in /ws?room=1)");
		}
		return encode(target);
	}

	private static String originForm(String target, @Nullable String host) {
		var absolute = ABSOLUTE.matcher(target);
		if (!absolute.matches()) {
			return target;
		}
		checkAuthority(absolute.group(1), host);
		return absolute.group(2).startsWith("/") ? absolute.group(2) : "/" + absolute.group(2);
	}

	private static void checkAuthority(String authority, @Nullable String host) {
		if (!authority.equalsIgnoreCase(host)) {
			throw new ProblemException(ProblemCause.TARGET_INVALID,
					"A target at " + authority + " (expected: at " + host + ", as Host says)");
		}
	}

	private static String encode(String target) {
		int query = target.indexOf('?');
		if (query == -1) {
			return encode(target, ENCODED_IN_PATH);
		}
		return encode(target.substring(0, query), ENCODED_IN_PATH) + encode(target.substring(query), ENCODED_IN_QUERY);
	}

	private static String encode(String part, Pattern encoded) {
		return encoded.matcher(part).replaceAll((found) -> "%%%02X".formatted((int) found.group().charAt(0)));
	}

}
