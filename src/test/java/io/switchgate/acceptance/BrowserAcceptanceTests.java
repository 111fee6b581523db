package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Gateway;

/**
 * Tests of the demo page in Chromium.
 */
@RequiresTool({ "chromium", "chromedriver" })
class BrowserAcceptanceTests {

	private static Gateway gateway;

	private static Chromium browser;

	@BeforeAll
	static void start() {
		int demoPort = FreePort.find();
		gateway = Gateway.with()
			.property("spring.profiles.active", "demo")
			.property("switchgate.demo.port", Integer.toString(demoPort))
			.route("ws", "http://localhost:" + demoPort)
			.start();
		browser = Chromium.start(800, 640);
		browser.open("http://localhost:" + gateway.port() + "/");
	}

	@AfterAll
	static void stop() throws IOException {
		Files.write(BuildDirectory.resolve("demo-page.png"), browser.screenshot());
		browser.close();
		gateway.close();
	}

	@Test
	void showsTheEcho() {
		browser.await("//li[contains(., 'Message text was: hi')]");
	}

	@Test
	void negotiatesCompressionWithTheUpstream() {
		browser.await("//*[@id='extensions'][contains(., 'permessage-deflate')]");
	}

}
