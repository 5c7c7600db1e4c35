// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.poolsim.reports.export.SampleRecording;
import org.poolsim.reports.export.SeriesFiles;

/** The page in a real browser. */
class DashboardTest {
  @TempDir Path folder;

  @Test
  void thePageDrawsAtDesktopAndTelephoneWidthsWithoutErrors() throws IOException {
    SeriesFiles.write(new SampleRecording().recorder(), folder);
    Path driver = onPath("chromedriver");
    Path browser = onPath("chromium");
    Assumptions.assumeTrue(driver != null && browser != null, "no chromium and chromedriver here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
    System.setProperty("webdriver.chrome.driver", driver.toString());
    try (HostService service =
        new HostService(FinishedRun.read(folder), ServeOptions.loopback(0, "root", ""))) {
      service.start();
      ChromeDriver chrome;
      try {
        chrome = new ChromeDriver(options);
      } catch (WebDriverException e) {
        Assumptions.abort("the browser does not start: " + e.getMessage());
        return;
      }
      try {
        for (int width : new int[] {1280, 390}) {
          visit(chrome, "http://127.0.0.1:" + service.port() + "/", width);
        }
      } finally {
        chrome.quit();
      }
    }
  }

  private static void visit(ChromeDriver chrome, String url, int width) throws IOException {
    chrome.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        java.util.Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    chrome.manage().window().setSize(new Dimension(width, 900));
    chrome.get("about:blank");
    chrome.get(url);
    await(chrome, "7 of 7 series");

    List<WebElement> canvases = chrome.findElements(By.cssSelector(".uplot canvas"));
    assertThat(canvases).hasSize(7);
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

    chrome.findElement(By.tagName("body")).sendKeys(Keys.TAB);
    assertThat(chrome.switchTo().activeElement().getAttribute("id")).isEqualTo("object");
    chrome.switchTo().activeElement().sendKeys(Keys.TAB);
    assertThat(chrome.switchTo().activeElement().getAttribute("id")).isEqualTo("span");
    chrome.switchTo().activeElement().sendKeys(Keys.TAB);
    chrome.switchTo().activeElement().sendKeys("memory");
    await(chrome, "2 of 7 series");
    assertThat(chrome.findElements(By.cssSelector(".uplot canvas"))).hasSize(2);
    assertThat(chrome.getCurrentUrl()).contains("filter=memory");
    assertThat(chrome.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();

    String pictures = System.getenv("POOLSIM_SCREENSHOTS");
    if (pictures != null) {
      chrome.findElement(By.id("filter")).clear();
      chrome.findElement(By.id("filter")).sendKeys(" ", Keys.BACK_SPACE);
      await(chrome, "7 of 7 series");
      Files.write(
          Path.of(pictures, "dashboard-" + width + ".png"),
          chrome.getScreenshotAs(OutputType.BYTES));
    }
  }

  private static void await(ChromeDriver chrome, String text) {
    chrome.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
    chrome.findElement(By.xpath("//p[@id='message'][contains(., '" + text + "')]"));
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
}
