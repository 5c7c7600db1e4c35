// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.http.ClientConfig;
import org.poolsim.reports.export.SampleRecording;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.RecorderOptions;

/** The page in a real browser. */
class DashboardTest {
  /** Only a page that never comes waits so long, on a machine however slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void thePageDrawsAtDesktopAndTelephoneWidthsWithoutErrors() throws IOException {
    SampleRecording recording = new SampleRecording();
    writeRun(recording);
    Path driver = onPath("chromedriver");
    Path browser = onPath("chromium");
    Assumptions.assumeTrue(driver != null && browser != null, "no chromium and chromedriver here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .withTimeout(PATIENCE)
            .build();
    try (HostService host =
        new HostService(FinishedRun.read(folder), ServeOptions.loopback(0, "root", "secret"))) {
      host.start();
      String url = "http://root:secret@127.0.0.1:" + host.port() + "/";
      ChromeDriver chrome;
      try {
        ClientConfig patient = ClientConfig.defaultConfig().readTimeout(PATIENCE.multipliedBy(2));
        chrome = new ChromeDriver(service, options, patient);
      } catch (WebDriverException e) {
        Assumptions.abort("the browser does not start: " + e.getMessage());
        return;
      }
      try {
        chrome.manage().timeouts().implicitlyWait(PATIENCE).scriptTimeout(PATIENCE);
        for (int width : new int[] {1280, 390}) {
          visit(chrome, url, width);
        }
        theReportIsReached(chrome, url);
        aRunThatGoesOnIsFollowed(chrome, recording);
      } finally {
        chrome.quit();
      }
    }
  }

  private void writeRun(SampleRecording recording) throws IOException {
    SeriesFiles.write(recording.recorder(), folder);
    double start = RecorderOptions.DEFAULT_EPOCH_SECONDS;
    new PoolFacts(
            "p-uuid",
            "pool",
            "night shift",
            start,
            start + 9000,
            List.of(new PoolFacts.Host(SampleRecording.HOST.uuid(), "host-1", 4, true, "d", "")),
            List.of(
                new PoolFacts.Vm(
                    SampleRecording.VM.uuid(),
                    SampleRecording.VM.name(),
                    SampleRecording.HOST.uuid(),
                    true,
                    1,
                    1L << 30,
                    "")),
            List.of())
        .write(folder);
    Files.writeString(
        folder.resolve("events.jsonl"),
        """
        {"at_nanos":1000000000,"kind":"vm_running","entity":"d","text":"d <b>runs</b> on host-1"}
        {"at_nanos":2000000000,"kind":"alarm","entity":"d","text":"cpu_usage of d is 1, above 0.5",\
        "name":"ALARM","priority":2,"cls":"VM","obj_uuid":"u","body":"value: 1"}
        """);
    Files.writeString(
        folder.resolve("report.html"), "<!DOCTYPE html><title>its report</title><p>text</p>");
  }

  private static void visit(ChromeDriver chrome, String url, int width) throws IOException {
    chrome.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    chrome.manage().window().setSize(new Dimension(width, 900));
    chrome.get("about:blank");
    chrome.get(url);
    await(chrome, "7 of 7 series", 7);

    List<WebElement> canvases = chrome.findElements(By.cssSelector(".uplot canvas"));
    assertThat(canvases).allMatch(canvas -> canvas.getSize().getWidth() > 200);
    Number inked =
        (Number)
            chrome.executeScript(
                "const c=document.querySelector('.uplot canvas');"
                    + "const d=c.getContext('2d').getImageData(0,0,c.width,c.height).data;"
                    + "let n=0;for(let i=3;i<d.length;i+=4)if(d[i])n++;return n;");
    assertThat(inked.intValue()).isGreaterThan(200);
    Number overflow =
        (Number)
            chrome.executeScript(
                "return document.documentElement.scrollWidth -"
                    + " document.documentElement.clientWidth");
    assertThat(overflow.intValue()).as("nothing is cut off at the side").isZero();

    assertThat(chrome.getTitle()).isEqualTo("night shift \u00b7 poolsim");
    assertThat(chrome.findElement(By.id("now")).getText())
        .isEqualTo("2026-01-01 02:30:02 simulated, at its end");
    assertThat(chrome.findElement(By.id("events")).getText())
        .contains("alarm, priority 2: cpu_usage of d is 1, above 0.5", "d <b>runs</b> on host-1");
    assertThat(background(chrome, "light")).isEqualTo("rgb(255, 255, 255)");
    assertThat(background(chrome, "dark")).isEqualTo("rgb(13, 17, 23)");
    await(chrome, "7 of 7 series", 7);
    background(chrome, "light");
    await(chrome, "7 of 7 series", 7);

    // By the keyboard alone: past the links to the first VM, then to its series and their names.
    String vm = "button[data-uuid='" + SampleRecording.VM.uuid() + "']";
    WebElement body = chrome.findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB);
    for (int i = 0; i < 8 && !chrome.switchTo().activeElement().equals(find(chrome, vm)); i++) {
      chrome.switchTo().activeElement().sendKeys(Keys.TAB);
    }
    assertThat(chrome.switchTo().activeElement()).isEqualTo(find(chrome, vm));
    chrome.switchTo().activeElement().sendKeys(Keys.ENTER);
    await(chrome, "4 of 4 series", 4);
    assertThat(chrome.switchTo().activeElement().getAttribute("id")).isEqualTo("object");
    chrome.switchTo().activeElement().sendKeys(Keys.UP);
    await(chrome, "7 of 7 series", 7);
    chrome.switchTo().activeElement().sendKeys(Keys.TAB);
    assertThat(chrome.switchTo().activeElement().getAttribute("id")).isEqualTo("span");
    chrome.switchTo().activeElement().sendKeys(Keys.TAB);
    chrome.switchTo().activeElement().sendKeys("memory");
    await(chrome, "2 of 7 series", 2);
    assertThat(chrome.getCurrentUrl()).contains("filter=memory");
    assertThat(chrome.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();

    String pictures = System.getenv("POOLSIM_SCREENSHOTS");
    if (pictures != null) {
      chrome.findElement(By.id("filter")).clear();
      chrome.findElement(By.id("filter")).sendKeys(" ", Keys.BACK_SPACE);
      await(chrome, "7 of 7 series", 7);
      Files.write(
          Path.of(pictures, "dashboard-" + width + ".png"),
          chrome.getScreenshotAs(OutputType.BYTES));
    }
  }

  /** Waits until the series have been drawn, each once. */
  private static void await(ChromeDriver chrome, String text, int plots) {
    String canvases = "count(//div[contains(concat(' ', @class, ' '), ' uplot ')]//canvas)";
    await(
        chrome, "//p[@id='message'][contains(., '" + text + "')][" + canvases + "=" + plots + "]");
  }

  private static void await(ChromeDriver chrome, String path) {
    assertThat(chrome.findElement(By.xpath(path))).isNotNull(); // found, or failed after PATIENCE
  }

  private static Path onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }

  private static WebElement find(ChromeDriver chrome, String selector) {
    return chrome.findElement(By.cssSelector(selector));
  }

  private static Object background(ChromeDriver chrome, String theme) {
    chrome.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    // The page is told before it draws its next frame, and draws its plots anew.
    return chrome.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " done(getComputedStyle(document.body).backgroundColor)));");
  }

  private static void theReportIsReached(ChromeDriver chrome, String url) {
    chrome.get(url);
    await(chrome, "7 of 7 series", 7);
    chrome.findElement(By.id("report")).click();
    await(chrome, "//title[.='its report']");
    assertThat(chrome.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  /** Each look at it is a minute later, until the test says that it has ended. */
  private static void aRunThatGoesOnIsFollowed(ChromeDriver chrome, SampleRecording recording)
      throws IOException {
    double start = RecorderOptions.DEFAULT_EPOCH_SECONDS;
    AtomicInteger looks = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    LiveRun run =
        new LiveRun() {
          @Override
          public <T> T read(Function<View, T> reader) {
            int minutes = Math.min(looks.incrementAndGet(), 150);
            View whole = View.of(recording.recorder(), 60_000_000_000L * minutes);
            return reader.apply(
                new View(
                    whole.nowSeconds(),
                    whole.objects(),
                    new PoolFacts(
                        "", "", "live", start, start + 9000, List.of(), List.of(), List.of()),
                    List.of(),
                    ended.get()));
          }

          @Override
          public String report() {
            return ended.get() ? "<title>its report</title>" : null;
          }
        };
    try (HostService service = new HostService(run, ServeOptions.loopback(0, "root", ""))) {
      service.start();
      chrome.get("http://127.0.0.1:" + service.port() + "/");
      await(chrome, "//p[@id='message'][contains(., 'of 7 series')]");
      WebElement progress = chrome.findElement(By.id("progress"));
      assertThat(progress.isDisplayed()).isTrue();
      assertThat(chrome.findElement(By.id("report")).isDisplayed()).isFalse();
      ended.set(true);
      // Seen without a reload, also where the end came between two questions and the report later.
      await(chrome, "//p[@id='now'][contains(., 'at its end')]");
      assertThat(progress.isDisplayed()).isFalse();
      await(chrome, "//*[@id='report'][not(@hidden)]");
      assertThat(chrome.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }
  }
}
