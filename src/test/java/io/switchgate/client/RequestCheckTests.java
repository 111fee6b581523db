package io.switchgate.client;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of methods, hosts and targets.
 */
class RequestCheckTests {

	private static HttpRequest request(String method, String target, String... hosts) {
		HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
		for (String host : hosts) {
			request.headers().add("Host", host);
		}
		return request;
	}

	private static void assertRefused(HttpRequest request, ProblemCause cause) {
		assertThatThrownBy(() -> RequestCheck.check(request)).isInstanceOfSatisfying(ProblemException.class,
				(problem) -> assertThat(problem.reason()).isEqualTo(cause));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a", "A.example.com:8080", "127.0.0.1", "[::1]:80", "[2001:db8::1]", "a_b", "x%20y", "a." })
	void acceptsValidHosts(String host) {
		RequestCheck.check(request("GET", "/", host));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a/b", "a?b", "a#b", "a@b", "a:b", "a:", "a:123456", "[::1", "::1", "a,b:1,2",
			"a\\b", "http://a", "%zz" })
	void refusesInvalidHosts(String host) {
		assertRefused(request("GET", "/", host), ProblemCause.HOST_INVALID);
	}

	@Test
	void requiresExactlyOneHost() {
		assertRefused(request("GET", "/"), ProblemCause.HOST_INVALID);
		assertRefused(request("GET", "/", "a", "a"), ProblemCause.HOST_INVALID);
		RequestCheck.check(request("GET", "/").setProtocolVersion(HttpVersion.HTTP_1_0));
		assertRefused(request("GET", "/", "a", "b").setProtocolVersion(HttpVersion.HTTP_1_0),
				ProblemCause.HOST_INVALID);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "/ws?a=b /ws?a=b", "http://a/ws /ws", "HTTPS://A/ws?b /ws?b", "ws://a /", "wss://a?b /?b",
					"/%7Ex /%7Ex", "/{a}|^`[b] /%7Ba%7D%7C%5E%60%5Bb%5D", "/a\\b /a%5Cb",
					"/?{a}|^`[b]\\ /?%7Ba%7D%7C%5E%60[b]%5C", "/?a[]=/../?%2f /?a[]=/../?%2f" })
	void bringsTheTargetIntoOriginForm(String target, String expected) {
		HttpRequest request = request("GET", target, "a");
		RequestCheck.check(request);
		assertThat(request.uri()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "a", "a:80", "http://b/", "http://a:80/", "http://x@a/", "ftp://a/", "http:/a", "/%",
			"/%a", "/%zz", "/?%", "/a%2" })
	void refusesInvalidTargets(String target) {
		assertRefused(request("GET", target, "a"), ProblemCause.TARGET_INVALID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONNECT", "TRACE", "TRACK" })
	void refusesMethodsThatAreNeverForwarded(String method) {
		assertRefused(request(method, "a:443", "a:443"), ProblemCause.METHOD_NOT_ALLOWED);
	}

	@Test
	void acceptsOnlyTheExpectation100Continue() {
		HttpRequest request = request("POST", "/", "a");
		request.headers().set("Expect", "100-Continue");
		RequestCheck.check(request);
		request.headers().set("Expect", "a miracle");
		assertRefused(request, ProblemCause.EXPECTATION_FAILED);
	}

}
