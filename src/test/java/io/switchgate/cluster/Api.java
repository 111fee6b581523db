package io.switchgate.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.fixture.Certificates;

/**
 * The API server as one user sees it.
 *
 * @param client client that trusts its certificate
 * @param server where it is
 * @param token who asks
 */
record Api(HttpClient client, URI server, String token) {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private static final String YAML = "application/yaml";

	private static final String MERGE_PATCH = "application/merge-patch+json";

	static Api of(URI server, String token) {
		HttpClient client = HttpClient.newBuilder().sslContext(Certificates.context()).build();
		return new Api(client, server, token);
	}

	Api as(String otherToken) {
		return new Api(this.client, this.server, otherToken);
	}

	/**
	 * Sends a request, whatever the answer.
	 * @param method method
	 * @param path path
	 * @param type what the body is
	 * @param body body
	 * @return answer
	 */
	Answer send(String method, String path, String type, String body) {
		HttpRequest request = HttpRequest.newBuilder(this.server.resolve(path))
			.timeout(DEADLINE)
			.header("Authorization", "Bearer " + this.token)
			.header("Content-Type", type)
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			return new Answer(method + " " + path, response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(path, ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Answer find(String path) {
		return send("GET", path, YAML, "");
	}

	JsonNode get(String path) {
		return find(path).json();
	}

	List<JsonNode> list(String path) {
		return StreamSupport.stream(get(path).path("items").spliterator(), false).toList();
	}

	/**
	 * Posts an object that may be refused.
	 * @param path path of its kind
	 * @param yaml object in YAML or JSON
	 * @return answer
	 */
	Answer post(String path, String yaml) {
		return send("POST", path, YAML, yaml);
	}

	JsonNode create(String path, String yaml) {
		return post(path, yaml).json();
	}

	Answer patch(String path, String json) {
		return send("PATCH", path, MERGE_PATCH, json);
	}

	Answer delete(String path) {
		return send("DELETE", path, YAML, "");
	}

	/**
	 * Answer of the API server.
	 *
	 * @param request what was asked
	 * @param status status
	 * @param body object, or an error in words
	 */
	record Answer(String request, int status, String body) {

		private static final int SUCCESS = 2;

		private static final int HUNDRED = 100;

		JsonNode json() {
			if (this.status / HUNDRED != SUCCESS) {
				throw new AssertionError(this.request + ": " + this.status + " " + this.body);
			}
			return JsonMapper.shared().readTree(this.body);
		}

	}

}
