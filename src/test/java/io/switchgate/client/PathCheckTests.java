package io.switchgate.client;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Tests of unambiguous and ambiguous paths.
 */
class PathCheckTests {

	private static Mono<Void> check(PathCheck check, String target) {
		URI uri = URI.create("http://a" + target);
		return check.filter(MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.GET, uri)),
				(exchange) -> Mono.empty());
	}

	private static boolean isAmbiguous(Throwable error) {
		return error instanceof ProblemException problem && problem.reason() == ProblemCause.PATH_AMBIGUOUS;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/", "/a/b;c=d/e", "/a.b/..c/d../.e", "/...", "/a%252e", "/%e2%82%ac",
			"/a;b/c", "/a?../", "/a?//", "/?%2f%5c%00%0d%0a", "/a;..", "/a%20b", "/a.", "/a/...;b" })
	void acceptsPathsWithOneMeaning(String target) {
		StepVerifier.create(check(new PathCheck(false), target)).verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/..", "/.", "/a/../b", "/a/./b", "/a/..", "/a/%2e%2e/b", "/a/%2E./b", "/a/.%2e", "/%2e",
			"/a/..;/b", "/a/..;x=y/b", "/a/.;/b", "/a/%2e%2e;/b", "//", "//a", "/a//b", "/a//", "/a/;/b", "/;a",
			"/a%2fb", "/a%2Fb", "/a%5cb", "/a%5C", "/a%00", "/a%0a", "/a%0D" })
	void refusesAmbiguousPaths(String target) {
		StepVerifier.create(check(new PathCheck(false), target)).verifyErrorMatches(PathCheckTests::isAmbiguous);
	}

	@Test
	void acceptsEncodedSlashesIfConfigured() {
		StepVerifier.create(check(new PathCheck(true), "/a%2Fb")).verifyComplete();
		StepVerifier.create(check(new PathCheck(true), "/a%5Cb")).verifyErrorMatches(PathCheckTests::isAmbiguous);
	}

}
