package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever target, {@code Host} or {@code Origin} a request has, the gateway answers it
 * with something better than 500, and no query comes into the log.
 */
@ParameterizedClass
@MethodSource("io.switchgate.fixture.Lane#fronts")
class TargetGatewayTests {

	private static final int ROUNDS = 300;

	private static final String SECRET = "S3CRET";

	private static final List<String> TARGETS = List.of("/", "//", "///", "//x:y", "//user@x:y/z", "//[", "/.//", "/%",
			"/a|b", "/a\"b", "/<>", "/a:b", "/:", "/:80", "/;", "/a%2Fb", "/%2F%2F", "/%e4", "/\u00e4", "/\u00ff\u0080",
			"*", "x", "a:b", ":", "?", "http:", "http://", "http:///", "http://test.example.com",
			"http://test.example.com//", "http://test.example.com:x/", "http://other.example.com/", "ws://[::1", "",
			"/#", "//#", "/" + "x".repeat(9_000), "//" + "x".repeat(9_000), "/[]", "//[::1]:80", "/\\", "//\\");

	private static final List<String> PIECES = List.of("/", "/", "//", ":", "a", "echo", "strip", "query", "%", "%2f",
			"%25", "%zz", "%00", "?", "&", "=", "=b", "[", "]", "{", "}", "|", "\\", "^", "`", "\"", "<", ">", "@",
			"x:1", "..", ".", ";", "#", "*", "~", "'", "(", "!", "$", ",", "+", "\u00e4", "\u0080", "\u00ff", "%e4",
			"_", "x".repeat(300));

	private static final List<String> HOSTS = List.of("test.example.com", "my_service", "my_service:80", "-", "a..b",
			"[::1]", "[::1", "[:]", "a:b", "1.2.3.4.5", "a%41", "%", "localhost:99999", "localhost:0", "$", "'", "(a)");

	private static final List<String> ORIGINS = List.of("http://test.example.com", "null", "x", "", "http://",
			"http://my_service", "http://a:b", "http://a:99999", "//", "file:///", "http://[", "%");

	private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

	@AutoClose
	private static final StrictUpstream UPSTREAM = new StrictUpstream();

	private static final String CORS = "spring.cloud.gateway.server.webflux.globalcors.cors-configurations.[/**].";

	@AutoClose
	private static final Gateway STARTED = Gateway.with()
		.front(Front.CLEAR_HTTP2)
		.route("echo", UPSTREAM.uri())
		.route("strip", UPSTREAM.uri(), "StripPrefix=1", "RewritePath=/a(?<rest>.*), /echo${rest}")
		.route("query", UPSTREAM.uri(), "AddRequestParameter=a, b", "PrefixPath=/echo")
		.property(CORS + "allowed-origins", "http://test.example.com")
		.property("logging.level.switchgate.access", "info")
		.start();

	private final Gateway gateway;

	TargetGatewayTests(Front front) {
		this.gateway = STARTED.to(front);
	}

	static List<String> targets() {
		return TARGETS;
	}

	@BeforeEach
	void listen() {
		LOG.list.clear();
		LOG.start();
		root().addAppender(LOG);
	}

	@AfterEach
	void checkLog() {
		root().detachAppender(LOG);
		LOG.stop();
		assertThat(LOG.list).noneMatch((event) -> event.getFormattedMessage().contains(SECRET))
			.noneMatch((event) -> event.getThrowableProxy() != null);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@ParameterizedTest
	@MethodSource("targets")
	void answersAnyTarget(String target) {
		String query = target + "?token=" + SECRET;
		assertAnswers("GET " + query + " HTTP/1.1\nHost: test.example.com\n\n");
		assertAnswers(Handshakes.request(query));
		assertServesTheNextClient();
	}

	@Test
	void answersWhateverIsMadeUp() {
		Seeds.forEach(ROUNDS, (random) -> {
			String request = request(random);
			try {
				assertAnswers(request);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(ex.getMessage() + " after\n" + request, ex);
			}
		});
		assertServesTheNextClient();
	}

	@Test
	void writesALineForAnInstantAndNotForEachRequest() {
		for (int i = 0; i < 50; i++) {
			assertAnswers("GET //?token=" + SECRET + " HTTP/1.1\nHost: test.example.com\n\n");
		}
		assertThat(LOG.list).hasSizeLessThan(10);
	}

	private static String request(Random random) {
		RandomText text = new RandomText(random);
		String start = text.any(List.of("", "/", "/", "/echo", "/strip/", "/strip/a", "/query/", "//"));
		String target = start + text.of(PIECES, 6) + "?" + text.of(PIECES, 4) + "token=" + SECRET;
		String host = text.oneIn(3) ? text.any(HOSTS) : "test.example.com";
		String origin = text.oneIn(3) ? "Origin: " + text.any(ORIGINS) : "Accept: */*";
		String request = text.oneIn(2) ? Handshakes.request(target, origin)
				: "GET " + target + " HTTP/1.1\nHost: test.example.com\n" + origin + "\n\n";
		return request.replace("test.example.com\n", host + "\n");
	}

	private void assertAnswers(String request) {
		try (Wire client = this.gateway.connect()) {
			try {
				assertThat(client.send(request).head()).doesNotContain(" 500 ").matches("(?s)HTTP/1.1 \\d{3} .*");
			}
			catch (UncheckedIOException ex) {
				// A stream of HTTP/2 that is malformed is reset.
				assertThat(this.gateway.connect()).as("%s of %s", ex, request).satisfies(Wire::close);
			}
		}
	}

	private void assertServesTheNextClient() {
		try (Wire client = this.gateway.connect()) {
			client.send("GET /echo HTTP/1.1\nHost: test.example.com\n\n");
			assertThat(client.head()).startsWith("HTTP/1.1 200 ");
			assertThat(new String(client.read(2), StandardCharsets.UTF_8)).isEqualTo("ok");
		}
		assertThat(UPSTREAM.faults()).isEmpty();
	}

}
