package io.switchgate.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients cannot make meters.
 */
class SeriesGatewayTests {

	private static final int PLAIN = 8000;

	private static final int HANDSHAKES = 2000;

	private static final int TUNNELS = 20;

	private static final int MOST_SERIES = 500;

	private static HttpServer refusing;

	private static ScriptedUpstream upstreams;

	private static Gateway gateway;

	@BeforeAll
	static void start() throws IOException {
		refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		refusing.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().add("Content-Length", "0");
			exchange.sendResponseHeaders(403, -1);
			exchange.close();
		});
		refusing.start();
		upstreams = ScriptedUpstream.start();
		gateway = Gateway.with()
			.route("no", "http://localhost:" + refusing.getAddress().getPort())
			.route("chat", upstreams.uri())
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstreams.close();
		refusing.stop(0);
	}

	@Test
	void tenThousandDistinctRequestsLeaveFewSeries() {
		try (Wire client = gateway.connect()) {
			for (int i = 0; i < PLAIN; i++) {
				String path = ((i % 2 == 0) ? "/no/" : "/nowhere/") + "p" + i + "?q=" + i;
				client.send("M" + i + " " + path + " HTTP/1.1\nHost: h" + i + ".example.com\n" + agent(i)
						+ "\nContent-Length: 0\n\n");
				assertThat(status(client)).isEqualTo((i % 2 == 0) ? 403 : 404);
			}
			for (int i = 0; i < HANDSHAKES; i++) {
				client.send(handshake("/no/", i));
				assertThat(status(client)).isEqualTo(403);
			}
		}
		for (int i = 0; i < TUNNELS; i++) {
			upstreams.receivedFor(gateway, handshake("/chat/", i),
					Handshakes.SWITCHED.replace("Upgrade: w", "Sec-WebSocket-Protocol: s" + i + "\nUpgrade: w"));
		}
		Admin admin = Admin.of(gateway);
		admin.awaitMeter("switchgate_tunnel_duration_seconds_count{route=\"chat\"}", TUNNELS);
		assertThat(admin.get("prometheus").body().lines().filter((line) -> !line.startsWith("#")))
			.hasSizeLessThan(MOST_SERIES);
	}

	private static String handshake(String path, int i) {
		return Handshakes
			.request(path + "w" + i, agent(i), "Origin: http://o" + i + ".example.com", "Sec-WebSocket-Protocol: s" + i)
			.replace("test.", "t" + i + ".");
	}

	private static String agent(int i) {
		return "User-Agent: agent/" + i;
	}

	/**
	 * Reads an answer.
	 * @return its status
	 */
	private static int status(Wire client) {
		String head = client.head();
		int length = head.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
		client.read(Integer.parseInt(head.substring(length, head.indexOf('\n', length))));
		return Integer.parseInt(head.substring(9, 12));
	}

}
