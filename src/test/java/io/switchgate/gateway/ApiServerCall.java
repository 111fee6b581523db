package io.switchgate.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request to the API server of Kubernetes, as it arrives there.
 *
 * @param wire connection that waits for the answer
 * @param head request line and headers
 * @param body body
 */
record ApiServerCall(Wire wire, String head, String body) implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length: (\\d+)\n");

	static ApiServerCall accept(ScriptedUpstream apiServer) {
		Wire wire = apiServer.accept();
		String head = wire.head();
		Matcher length = LENGTH.matcher(head);
		assertThat(length.find()).as(head).isTrue();
		return new ApiServerCall(wire, head, wire.text(Integer.parseInt(length.group(1))));
	}

	/**
	 * Answers as a real one does: with the whole pod.
	 */
	void answer(String status) {
		String pod = "{\"kind\":\"Pod\"}";
		this.wire.send("HTTP/1.1 " + status + "\nContent-Type: application/json\nContent-Length: " + pod.length()
				+ "\n\n" + pod);
		this.wire.awaitEnd();
		close();
	}

	void assertCost(int cost) {
		assertThat(this.body).isEqualTo(
				"{\"metadata\":{\"annotations\":{\"controller.kubernetes.io/pod-deletion-cost\":\"" + cost + "\"}}}");
	}

	@Override
	public void close() {
		this.wire.close();
	}

}
