package io.switchgate.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP/2 beside WebSockets: the handlers for upgrades do not stand in its way.
 */
class Http2GatewayTests {

	@ParameterizedTest
	@CsvSource({ "CLEAR_HTTP2, http", "TLS_HTTP2, https" })
	void carriesPlainRequestsOverHttp2(Front front, String scheme) throws Exception {
		Lane lane = new Lane(Transport.AUTO, front, false);
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_2)
			.sslContext(Certificates.context())
			.build();
		URI uri = URI.create(scheme + "://localhost:" + lane.gateway().port() + "/clear/plain");
		HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
		// The first request in clear text asks for h2c; the second is HTTP/2 either way.
		assertThat(exchange(client, request, lane).body()).isEqualTo("ok");
		HttpResponse<String> response = exchange(client, request, lane);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
	}

	private static HttpResponse<String> exchange(HttpClient client, HttpRequest request, Lane lane) throws Exception {
		CompletableFuture<HttpResponse<String>> response = client.sendAsync(request,
				HttpResponse.BodyHandlers.ofString());
		try (Wire upstream = lane.upstream().accept()) {
			assertThat(upstream.head()).startsWith("GET /clear/plain HTTP/1.1\n").doesNotContain("h2c", "Upgrade");
			upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
			return response.get(20, TimeUnit.SECONDS);
		}
	}

}
