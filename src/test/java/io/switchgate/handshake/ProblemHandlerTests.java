package io.switchgate.handshake;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.journal.Redaction;
import io.switchgate.problem.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An error inside the handler of errors.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProblemHandlerTests {

	private final List<HttpStatus> answered = new ArrayList<>();

	/**
	 * Without a connection, which the handler looks for.
	 */
	private final MockServerWebExchange exchange = MockServerWebExchange
		.from(MockServerHttpRequest.get("/chat?token=s3cr3t"));

	@Test
	void isAProblemAndALine(CapturedOutput output) {
		handle(new Problems(new JsonMapper(), (cause, status) -> this.answered.add(HttpStatus.valueOf(status.value())),
				false));
		assertAnswer("{\"detail\":\"See the log of the gateway\"", "\"status\":500",
				"urn:switchgate:problem:gateway-failed");
		assertThat(this.answered).containsExactly(HttpStatus.INTERNAL_SERVER_ERROR);
		assertLine(output);
	}

	@Test
	void isAnAnswerEvenIfNobodyCanTellOfIt(CapturedOutput output) {
		handle(new Problems(new JsonMapper(), (cause, status) -> {
			throw new IllegalStateException("s3cr3t");
		}, false));
		assertAnswer("{\"status\":500}");
		assertLine(output);
	}

	private void handle(Problems problems) {
		ResponseStatusException error = new ResponseStatusException(HttpStatus.NOT_FOUND);
		new ProblemHandler(problems, Redaction.standard()).handle(this.exchange, error).block();
	}

	private void assertAnswer(String... texts) {
		assertThat(this.exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(this.exchange.getResponse().getHeaders().getContentType())
			.isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.exchange.getResponse().getBodyAsString().block()).contains(texts);
	}

	private static void assertLine(CapturedOutput output) {
		assertThat(output.getOut().lines().filter((line) -> line.contains("ProblemLog"))).singleElement()
			.asString()
			.contains("500: ", " at ")
			.doesNotContain("s3cr3t");
	}

}
