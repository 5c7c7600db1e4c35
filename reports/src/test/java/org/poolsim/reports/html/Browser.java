// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;
import org.poolsim.reports.result.RunResult;

/** A headless Chromium that opens pages from disk. Tests are skipped where it is not installed. */
final class Browser implements AutoCloseable {
  /** Only a page that never comes waits so long, on a machine however slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ChromeDriver driver;
  private final Path folder;

  /** Pages by the very run, so that each is written once. */
  private final IdentityHashMap<RunResult, Path> pages = new IdentityHashMap<>();

  private Browser(ChromeDriver driver, Path folder) {
    this.driver = driver;
    this.folder = folder;
  }

  static Browser start(Path folder) throws IOException {
    Optional<File> chromium = inPath("chromium");
    Optional<File> chromedriver = inPath("chromedriver");
    Assumptions.assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "skipped: chromium and chromedriver are not in PATH");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + Files.createDirectory(folder.resolve("profile")));
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .usingAnyFreePort()
            .withTimeout(PATIENCE)
            .build();
    ClientConfig patient = ClientConfig.defaultConfig().readTimeout(PATIENCE.multipliedBy(2));
    ChromeDriver driver = new ChromeDriver(service, options, patient);
    driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    return new Browser(driver, folder);
  }

  private static Optional<File> inPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(entry -> new File(entry, name))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Opens the page of a run, fresh, at a width of the window in CSS pixels. */
  void open(RunResult run, int width, String fragment) {
    try {
      Path page = pages.get(run);
      if (page == null) {
        page = folder.resolve("page-" + pages.size() + ".html");
        Files.write(page, ReportPage.of(run));
        pages.put(run, page);
      }
      driver.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
      driver.get("about:blank");
      driver.manage().logs().get(LogType.BROWSER);
      driver.get(page.toUri() + fragment);
      awaitPaint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the first paint: until then Chromium drops what is typed. */
  private void awaitPaint() {
    driver.executeAsyncScript(
        """
        const done = arguments[0];
        const look = () => performance.getEntriesByType('paint').length
          ? requestAnimationFrame(() => requestAnimationFrame(() => done()))
          : requestAnimationFrame(look);
        look();
        """);
  }

  /** Scrolls through the whole page, and waits until everything is drawn. */
  void drawEverything() {
    run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    driver.executeAsyncScript(
        """
        const done = arguments[arguments.length - 1], figures = [...document.querySelectorAll('figure')];
        const missing = () => [...document.querySelectorAll('figure[data-section]:not(.stages)')]
          .some(figure => figure.clientWidth && !figure.querySelector('canvas, .chart > .aside'));
        const end = () => requestAnimationFrame(() => missing() ? end() : requestAnimationFrame(() => done()));
        const next = () => {
          const figure = figures.shift();
          if (!figure) return end();
          figure.scrollIntoView({block: 'center'});
          requestAnimationFrame(() => setTimeout(next, 15));
        };
        next();
        """);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until the next frame has been drawn. */
  void settle() {
    driver.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");
  }

  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String selector) {
    return (List<String>)
        run(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())",
            selector);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(String.join("", keys)).perform();
    settle();
  }

  void pressWithShift(CharSequence key) {
    new Actions(driver)
        .keyDown(org.openqa.selenium.Keys.SHIFT)
        .sendKeys(key)
        .keyUp(org.openqa.selenium.Keys.SHIFT)
        .perform();
    settle();
  }

  void drag(WebElement element, int from, int to) {
    new Actions(driver)
        .moveToElement(element, from, 0)
        .clickAndHold()
        .moveByOffset(to - from, 0)
        .release()
        .moveToLocation(0, 0) // away from the plots, also those of the page that comes next
        .perform();
    settle();
  }

  /** Waits until the address, written a moment after the last change, is as expected. */
  void awaitUrl(Predicate<String> expected) {
    long begin = System.nanoTime();
    while (!expected.test(url())) {
      assertThat(System.nanoTime() - begin).as(url()).isLessThan(PATIENCE.toNanos());
      settle();
    }
  }

  String url() {
    return driver.getCurrentUrl();
  }

  byte[] picture() {
    return driver.getScreenshotAs(org.openqa.selenium.OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
