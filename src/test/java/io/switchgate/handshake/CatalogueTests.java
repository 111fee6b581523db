package io.switchgate.handshake;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import io.switchgate.fixture.Documentation;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.websocket.SecWebSocketHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every entry of the catalogue is fit for a stranger's eyes.
 */
class CatalogueTests {

	@Test
	void codesAndTitlesAreDistinct() {
		assertThat(Stream.of(ProblemCause.values()).map(ProblemCause::code)).doesNotHaveDuplicates();
		assertThat(Stream.of(ProblemCause.values()).map(ProblemCause::title)).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource
	void codeIsInKebabCase(ProblemCause cause) {
		assertThat(cause.code()).matches("[a-z0-9]+(-[a-z0-9]+)*");
		assertThat(cause.type()).hasToString("urn:switchgate:problem:" + cause.code());
	}

	@ParameterizedTest
	@EnumSource
	void standsInTheDocumentation(ProblemCause cause) {
		assertThat(Documentation.page("handshakes.md"))
			.contains("| `" + cause.code() + "` | " + cause.status().value() + " |");
	}

	@ParameterizedTest
	@EnumSource
	void titleIsASentenceWithoutFullStop(ProblemCause cause) {
		assertThat(cause.title()).matches("[A-Z][^.:]*( HTTP/1\\.0)?").contains(" ").doesNotEndWith(".");
	}

	@ParameterizedTest
	@EnumSource
	void remedySaysWhoMustSetWhichDirective(ProblemCause cause) {
		if (cause.remedy() != null) {
			assertThat(cause.remedy()).matches("A hop in front [^:]*\\. [a-z.]+: .*\\.");
		}
	}

	@ParameterizedTest
	@EnumSource
	void answerSaysWhatToUpgradeToWhereAnUpgradeIsRequired(ProblemCause cause) {
		HttpHeaders headers = new ProblemException(cause, "").getHeaders();
		boolean required = cause.status() == HttpStatus.UPGRADE_REQUIRED;
		assertThat(headers.containsHeaderValue(HttpHeaders.UPGRADE, "websocket")).isEqualTo(required);
		assertThat(headers.containsHeaderValue(HttpHeaders.CONNECTION, "Upgrade")).isEqualTo(required);
		assertThat(headers.containsHeaderValue(SecWebSocketHeaders.VERSION, "13"))
			.isEqualTo(cause == ProblemCause.VERSION_UNSUPPORTED);
	}

	@ParameterizedTest
	@EnumSource
	void problemCarriesWhatTheCatalogueSays(ProblemCause cause) {
		ProblemException exception = new ProblemException(cause, "Version: 8 (expected: 13)");
		assertThat(exception.reason()).isEqualTo(cause);
		assertThat(exception.getBody()).satisfies((problem) -> {
			assertThat(problem.getStatus()).isEqualTo(cause.status().value());
			assertThat(problem.getType()).isEqualTo(cause.type());
			assertThat(problem.getTitle()).isEqualTo(cause.title());
			assertThat(problem.getDetail()).isEqualTo("Version: 8 (expected: 13)");
		});
	}

}
