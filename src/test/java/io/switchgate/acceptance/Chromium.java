package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * Headless Chromium. Every wait has a deadline.
 */
final class Chromium implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private static final int MOST_TABS = 60;

	private final ChromeDriverService driver;

	private final RemoteWebDriver browser;

	private Chromium(ChromeDriverService driver, RemoteWebDriver browser) {
		this.driver = driver;
		this.browser = browser;
	}

	static Chromium start(int width, int height) {
		try {
			ChromeDriverService driver = new ChromeDriverService.Builder()
				.usingDriverExecutable(Tool.path("chromedriver").toFile())
				.usingAnyFreePort()
				.build();
			driver.start();
			Chromium chromium = new Chromium(driver, new RemoteWebDriver(driver.getUrl(), options()));
			chromium.resize(width, height);
			return chromium;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns options for a machine without a screen and without the internet.
	 */
	private static ChromeOptions options() {
		ChromeOptions options = new ChromeOptions().setBinary(Tool.path("chromium").toFile());
		// Accepts the self-signed certificate of the tests.
		options.setAcceptInsecureCerts(true);
		return options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--no-proxy-server", "--user-data-dir=" + BuildDirectory.fresh("chromium"));
	}

	/**
	 * Sets the size of the page, without the frame of the window.
	 */
	private void resize(int width, int height) {
		Number around = (Number) this.browser.executeScript("return window.outerHeight - window.innerHeight");
		this.browser.manage()
			.window()
			.setSize(new Dimension(width, height + Objects.requireNonNull(around).intValue()));
	}

	void open(String address) {
		this.browser.get(address);
	}

	/**
	 * Opens an address in a new tab, and switches to it.
	 */
	void openTab(String address) {
		this.browser.switchTo().newWindow(WindowType.TAB);
		open(address);
	}

	/**
	 * Closes the current tab, and switches to the first one.
	 */
	void closeTab() {
		this.browser.close();
		this.browser.switchTo().window(this.browser.getWindowHandles().iterator().next());
	}

	/**
	 * Waits until an element is visible.
	 * @param path XPath of the element
	 * @return first visible element
	 */
	WebElement await(String path) {
		awaitThat(() -> !visible(path).isEmpty());
		return visible(path).get(0);
	}

	void awaitNone(String path) {
		awaitThat(() -> visible(path).isEmpty());
	}

	void awaitThat(Callable<Boolean> condition) {
		Awaitility.await().atMost(DEADLINE).ignoreException(StaleElementReferenceException.class).until(condition);
	}

	List<WebElement> visible(String path) {
		return this.browser.findElements(By.xpath(path)).stream().filter(WebElement::isDisplayed).toList();
	}

	List<String> texts(String path) {
		return visible(path).stream().map(WebElement::getText).toList();
	}

	/**
	 * Presses Tab until an element with a text has the focus.
	 */
	void tabTo(String text) {
		for (int i = 0; i < MOST_TABS; i++) {
			press(Keys.TAB);
			if (focused().getText().equals(text)) {
				return;
			}
		}
		throw new AssertionError("Tab does not lead to " + text);
	}

	void press(Keys key) {
		focused().sendKeys(key);
	}

	WebElement focused() {
		return this.browser.switchTo().activeElement();
	}

	@Nullable Object run(String script) {
		return this.browser.executeScript(script);
	}

	/**
	 * Returns the messages in the log of the browser since the last call, such as errors
	 * of scripts.
	 */
	List<String> complaints() {
		return this.browser.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	/**
	 * Sets the color scheme of the page.
	 */
	void colorScheme(String scheme) {
		this.browser.executeScript("document.documentElement.style.colorScheme = arguments[0]", scheme);
	}

	byte[] screenshot() {
		return this.browser.getScreenshotAs(OutputType.BYTES);
	}

	@Override
	public void close() {
		this.browser.quit();
		this.driver.stop();
	}

}
