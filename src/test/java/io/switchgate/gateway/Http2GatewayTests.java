package io.switchgate.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP/2 beside WebSockets: the handlers for upgrades do not stand in its way.
 */
class Http2GatewayTests {

	/**
	 * In clear text the client asks for h2c, which is no way to HTTP/2 any more.
	 */
	@ParameterizedTest
	@CsvSource({ "CLEAR_HTTP2, http, HTTP_1_1", "TLS_HTTP2, https, HTTP_2" })
	void carriesPlainRequests(Front front, String scheme, HttpClient.Version version) throws Exception {
		Lane lane = new Lane(Transport.AUTO, front, false);
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_2)
			.sslContext(Certificates.context())
			.build();
		URI uri = URI.create(scheme + "://localhost:" + lane.gateway().port() + "/clear/plain");
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(20))
			.POST(HttpRequest.BodyPublishers.ofString("body"))
			.build();
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = exchange(client, request, lane);
			assertThat(response.body()).isEqualTo("ok");
			assertThat(response.version()).isEqualTo(version);
		}
	}

	@Test
	void servesOperatorsWhoAskForH2c() {
		try (Gateway gateway = Admin.allowWrites(Gateway.with().front(Front.CLEAR_HTTP2))
			.route("chat", "http://localhost:1")
			.start(); Wire operator = Wire.connect(gateway.managementPort())) {
			String json = "{\"route\":\"chat\"}";
			operator.send("POST /actuator/drain HTTP/1.1\nHost: localhost\nConnection: Upgrade, HTTP2-Settings\n"
					+ "Upgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAAP__\nContent-Type: application/json\nContent-Length: "
					+ json.length() + "\n\n" + json);
			assertThat(operator.head()).startsWith("HTTP/1.1 202 ");
		}
	}

	private static HttpResponse<String> exchange(HttpClient client, HttpRequest request, Lane lane) throws Exception {
		CompletableFuture<HttpResponse<String>> response = client.sendAsync(request,
				HttpResponse.BodyHandlers.ofString());
		try (Wire upstream = lane.upstream().accept()) {
			assertThat(upstream.head()).startsWith("POST /clear/plain HTTP/1.1\n").doesNotContain("h2c", "Upgrade");
			assertThat(upstream.text(4)).isEqualTo("body");
			upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
			return response.get(20, TimeUnit.SECONDS);
		}
	}

}
