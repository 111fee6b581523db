package io.switchgate.configuration;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.journal.Redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of valid targets, and of the errors for others.
 */
class RouteTargetTests {

	@ParameterizedTest
	@CsvSource({ "http://localhost, false", "http://my_service:8000, false", "ws://my_service, false",
			"wss://a.b-c.example.:1, true", "https://10.0.0.7:65535, true", "http://[::1]:80, false",
			"http://_a_._b_/c?d, false", "http://app_1, false", "http://3com.example, false" })
	void acceptsValidTargets(String target, boolean tls) {
		RouteTarget.check(target, target);
		assertThat(RouteTarget.isTls(URI.create(target))).isEqualTo(tls);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lb://talk          | uri lb://talk: scheme lb (expected: one of http, https, ws, wss)
			forward:/talk      | uri forward:/talk: scheme forward (expected: one of http,
			localhost:8000     | uri localhost:8000: scheme localhost (expected: one of http,
			//localhost        | uri //localhost: scheme null (expected: one of http,
			http://:8000       | uri http://:8000: no host (expected: one, as in http://localhost:8000)
			http://a b         | uri http://a b: no URI (expected: one, as in http://localhost:8000)
			http://            | uri http://: no URI (expected: one, as in http://localhost:8000)
			''                 | uri: none (expected: one, as in http://localhost:8000)
			http://u:p@h:80    | uri http://(hidden)@h:80: user (expected: none)
			http://h/a#b       | uri http://h/a#(hidden): fragment (expected: none)
			http://h:0         | uri http://h:0: port 0 (expected: 1 to 65535)
			http://h:99999     | uri http://h:99999: port 99999 (expected: 1 to 65535)
			http://my_h:65536  | uri http://my_h:65536: port 65536 (expected: 1 to 65535)
			http://my_h:x      | uri http://my_h:x: port x (expected: 1 to 65535)
			http://h:1:2       | uri http://h:1:2: port 1:2 (expected: 1 to 65535)
			http://a,b         | uri http://a,b: host a,b (expected: a name of letters,
			http://h%41        | uri http://h%41: host h%41 (expected: a name of letters,
			http://a..b        | uri http://a..b: host a..b (expected: a name of letters,
			http://10.0.0.256  | uri http://10.0.0.256: host 10.0.0.256 (expected: a name of letters,
			""")
	void refusesInvalidTargets(String target, String sentence) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RouteTarget.check(target, Redaction.standard().uri(target)))
			.withMessageStartingWith(sentence);
	}

}
