package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the console in Chromium, with the keyboard.
 */
@RequiresTool({ "chromium", "chromedriver" })
class ConsoleAcceptanceTests {

	private static ScriptedUpstream upstreams;

	private static Gateway reading;

	private static Gateway writing;

	private static Chromium chromium;

	@BeforeAll
	static void start() {
		upstreams = ScriptedUpstream.start();
		reading = Gateway.with().route("chat", upstreams.uri()).start();
		writing = Admin.allowWrites(Gateway.with()).route("chat", upstreams.uri()).start();
		chromium = Chromium.start(1200, 900);
	}

	@AfterAll
	static void stop() {
		chromium.close();
		writing.close();
		reading.close();
		upstreams.close();
	}

	@Test
	void showsATunnelFromItsOpeningToItsEnd() {
		open(reading);
		try (Lane.Ends tunnel = Lane.Ends.open(reading, "/chat", upstreams)) {
			tunnel.assertRelays();
			chromium
				.await("//tbody[@id='groups']/tr[contains(., 'chat')][contains(., '%s')]".formatted(upstreams.uri()));
			chromium.await("//tbody[@id='tunnels']/tr[contains(., '127.0.0.1')][contains(., '1 / 0')]");
			chromium.await("//tbody[@id='handshakes']/tr[contains(., 'switched')][contains(., '101')]");
			assertThat(chromium.visible("//button[text()='Close…' or text()='Drain…']")).isEmpty();
		}
		chromium.awaitNone("//tbody[@id='tunnels']/tr");
		chromium.await("//ul[@id='closes']/li[contains(., 'chat')]");
	}

	@Test
	void opensAHandshakeByKeyboard() {
		refuseOne(reading);
		open(reading);
		chromium.await("//tbody[@id='handshakes']//button[contains(., 'dropped the upgrade headers')]");
		chromium.tabTo("A hop in front dropped the upgrade headers");
		chromium.press(Keys.ENTER);
		chromium.await("//dialog[@open]//th[text()='Sec-WebSocket-Key']");
		assertThat(chromium.texts("//dialog[@open]//thead//th")).containsExactly("Header", "Client to gateway",
				"Gateway to upstream", "Upstream to gateway", "Gateway to client");
		assertThat(chromium.texts("//dialog[@open]//*[@class='remedy']").get(0)).contains("proxy_set_header");
		chromium.press(Keys.ESCAPE);
		chromium.awaitNone("//dialog[@open]");
		assertThat(chromium.focused().getText()).contains("dropped the upgrade headers");
	}

	@Test
	void marksHeadersThatChangedOnTheWay() {
		open(reading);
		try (Lane.Ends tunnel = Lane.Ends.open(reading, "/chat", upstreams)) {
			tunnel.assertRelays();
			chromium.await("//tbody[@id='tunnels']/tr");
			chromium.await("//tbody[@id='handshakes']/tr[contains(., 'switched')]//button").sendKeys(Keys.ENTER);
			chromium.await("//dialog[@open]//div[dt='Upstream']/dd[contains(., '127.0.0.1:%d, no TLS')]"
				.formatted(upstreams.port()));
			chromium.await("//dialog[@open]//tr[th='Host']/td[@class='changed'][contains(., 'changed')]");
			chromium.await("//dialog[@open]//tr[th='X-Forwarded-For']/td[@class='added'][contains(., 'added')]");
			chromium.await("//dialog[@open]//tr[th='Sec-WebSocket-Key']/td[not(@class)]");
		}
	}

	@Test
	void closesATunnelAfterAConfirmation() {
		open(writing);
		try (Lane.Ends tunnel = Lane.Ends.open(writing, "/chat", upstreams)) {
			chromium.await("//tbody[@id='tunnels']//button[text()='Close…']");
			chromium.tabTo("Close…");
			chromium.press(Keys.ENTER);
			chromium.await("//dialog[@open]//h2[contains(., 'Close tunnel')]");
			assertThat(chromium.focused().getText()).isEqualTo("Cancel");
			chromium.press(Keys.ENTER);
			chromium.awaitNone("//dialog[@open]");
			tunnel.assertRelays();
			chromium.tabTo("Close…");
			chromium.press(Keys.ENTER);
			chromium.tabTo("Close the tunnel");
			chromium.press(Keys.ENTER);
			tunnel.assertClosed(1001, "Closed by an operator");
			chromium.await("//p[@id='result'][contains(., 'told to close')]");
		}
	}

	@Test
	void startsAndCancelsADrain() {
		open(writing);
		try (Lane.Ends tunnel = Lane.Ends.open(writing, "/chat", upstreams)) {
			chromium.await("//tbody[@id='groups']//button[text()='Drain…']").sendKeys(Keys.ENTER);
			chromium.await("//dialog[@open]//label[contains(., 'route chat')]");
			chromium.tabTo("Start the drain");
			chromium.press(Keys.ENTER);
			tunnel.client().frame();
			chromium.await("//tbody[@id='drains']/tr[contains(., 'route chat')][contains(., 'refused')]");
			chromium.await("//tbody[@id='drains']//button[text()='Cancel…']").sendKeys(Keys.ENTER);
			chromium.tabTo("Cancel the drain");
			chromium.press(Keys.ENTER);
			chromium.await("//p[@id='result'][contains(., 'is cancelled')]");
		}
	}

	@Test
	void takesThePicturesOfTheDocumentation() throws IOException {
		try (Gateway busy = Admin.allowWrites(Gateway.with())
			.route("chat", upstreams.uri())
			.route("prices", upstreams.uri())
			.start()) {
			Lane.Ends.open(busy, "/chat", upstreams).close();
			open(busy);
			try (Lane.Ends one = Lane.Ends.open(busy, "/chat", upstreams);
					Lane.Ends two = Lane.Ends.open(busy, "/chat/room", upstreams);
					Lane.Ends three = Lane.Ends.open(busy, "/prices", upstreams)) {
				for (int round = 0; round < 6; round++) {
					send(one, 40 * (round % 3 + 1));
					send(three, 90);
					refuseOne(busy);
					awaitNextSummary();
				}
				two.assertRelays();
				chromium.await("//tbody[@id='tunnels']/tr[3]");
				chromium.await("//ul[@id='closes']/li[contains(., 'chat')]");
				picture("light");
				chromium.await("//tbody[@id='handshakes']/tr[contains(., '101')]//button").sendKeys(Keys.ENTER);
				chromium.await("//dialog[@open]//th[text()='Sec-WebSocket-Key']");
				picture("dark");
			}
		}
	}

	private static void send(Lane.Ends tunnel, int times) {
		for (int i = 0; i < times; i++) {
			tunnel.upstream().send(Frame.text("hi").bytes());
			tunnel.client().frame();
		}
	}

	private static void awaitNextSummary() {
		String points = "return document.querySelector('#message-rate polyline').getAttribute('points')";
		Object before = String.valueOf(chromium.run(points));
		chromium.awaitThat(() -> !before.equals(String.valueOf(chromium.run(points))));
	}

	private static void picture(String scheme) throws IOException {
		chromium.colorScheme(scheme);
		Files.write(BuildDirectory.resolve("console-" + scheme + ".png"), chromium.screenshot());
	}

	private static void refuseOne(Gateway gateway) {
		try (Wire client = gateway.connect()) {
			client.send("GET /chat HTTP/1.1\nHost: localhost\nVia: 1.1 edge (nginx)\nSec-WebSocket-Key: "
					+ Handshakes.KEY + "\nSec-WebSocket-Version: 13\n\n");
			assertThat(client.head()).startsWith("HTTP/1.1 426 ");
		}
	}

	private static void open(Gateway gateway) {
		// Drops messages of the last page, whose gateway may have been stopped.
		chromium.open("about:blank");
		chromium.complaints();
		chromium.open("http://localhost:" + gateway.managementPort() + "/actuator/console");
		chromium.await("//*[@id='state'][text()='live']");
		assertThat(chromium.complaints()).isEmpty();
	}

}
