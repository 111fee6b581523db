package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;

import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo page in Chromium.
 */
@RequiresTool({ "chromium", "chromedriver" })
class BrowserAcceptanceTests {

	private static Gateway gateway;

	private static ChromeDriverService driver;

	private static RemoteWebDriver browser;

	@BeforeAll
	static void start() throws IOException {
		int demoPort = FreePort.find();
		gateway = Gateway.with()
			.property("spring.profiles.active", "demo")
			.property("switchgate.demo.port", Integer.toString(demoPort))
			.route("ws", "http://localhost:" + demoPort)
			.start();
		driver = new ChromeDriverService.Builder().usingDriverExecutable(Tool.path("chromedriver").toFile())
			.usingAnyFreePort()
			.build();
		driver.start();
		ChromeOptions options = new ChromeOptions().setBinary(Tool.path("chromium").toFile())
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--no-proxy-server", "--window-size=800,640",
					"--user-data-dir=" + BuildDirectory.fresh("chromium"));
		browser = new RemoteWebDriver(driver.getUrl(), options);
		browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
		browser.get("http://localhost:" + gateway.port() + "/");
	}

	@AfterAll
	static void stop() throws IOException {
		Files.write(BuildDirectory.resolve("demo-page.png"), browser.getScreenshotAs(OutputType.BYTES));
		browser.quit();
		driver.stop();
		gateway.close();
	}

	@Test
	void showsTheEcho() {
		assertThat(browser.findElement(By.xpath("//li[contains(., 'Message text was: hi')]")).isDisplayed()).isTrue();
	}

	@Test
	void negotiatesCompressionWithTheUpstream() {
		assertThat(
				browser.findElement(By.xpath("//*[@id='extensions'][contains(., 'permessage-deflate')]")).isDisplayed())
			.isTrue();
	}

}
