// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.SampleRuns;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/** The page as a reader meets it, in a real browser. */
class ReportInBrowserTest {
  private static final String BLANK_CANVASES =
      """
      return [...document.querySelectorAll('figure canvas, canvas.host-strip, canvas.spark')].filter(canvas => {
        if (!canvas.clientWidth) return false;
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] > 0) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
        }
        return seen.size < (canvas.className === 'spark' ? 1 : 3);
      }).length;
      """;

  private static final RunResult RICH = SampleRuns.rich();

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(folder);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static List<String> column(int number) {
    return browser.texts(
        "#vm-table tbody tr:not(.space):not(.opened) > :nth-child(" + number + ")");
  }

  private static String cursor() {
    return browser.find("#cursor-at").getText();
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void drawsEveryPlotWithoutAComplaint(int width) {
    for (RunResult run :
        List.of(RICH, SampleRuns.calm(), SampleRuns.withoutObjectives(), SampleRuns.oneHost())) {
      browser.open(run, width, "");
      browser.drawEverything();
      assertThat(browser.errors()).isEmpty();
      assertThat((Long) browser.run("return document.querySelectorAll('figure canvas').length"))
          .isGreaterThan(7);
      assertThat(browser.run(BLANK_CANVASES)).isEqualTo(0L);
    }
  }

  /** A logarithmic axis has no place for 0. */
  @Test
  void latenciesThatAreAllZeroAreToldInWords() {
    browser.open(SampleRuns.instantWakes(), 1280, "");
    browser.drawEverything();
    assertThat(browser.errors()).isEmpty();
    String curve = browser.find("figure.curve").getText();
    assertThat(curve).contains("All are 0 s.").contains("2 wakes · p50 0 s");
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 720, 390, 360})
  void neverScrollsSideways(int width) {
    browser.open(RICH, width, "");
    browser.drawEverything();
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  @Test
  void sortsEveryColumnBothWays() {
    browser.open(RICH, 1280, "");
    double slowest =
        RICH.vms().rows().stream()
            .map(row -> row.values().get(0))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    assertThat(column(3).get(0)).isEqualTo(Figures.text(slowest, Unit.SECONDS));
    assertThat(browser.find("#vm-table th[aria-sort=descending]").getText()).startsWith("Boot");

    browser.find("#vm-table th:nth-child(1) button").click();
    assertThat(column(1).subList(0, 3)).containsExactly("desktop-1", "desktop-2", "desktop-3");
    assertThat(browser.find("#vm-table th[aria-sort=ascending]").getText()).startsWith("VM");

    browser.find("#vm-table th:nth-child(1) button").click();
    assertThat(column(1).get(0)).isEqualTo("desktop-240");
  }

  @Test
  void putsUnknownFiguresLast() {
    browser.open(RICH, 1280, "");
    browser.find("#vm-table th:nth-child(7) button").click();
    assertThat(column(7).subList(0, 15)).doesNotContain("–");
    browser.find("#vm-table th:nth-child(7) button").click();
    assertThat(column(7).get(0)).isEqualTo("4 min 1 s");
    assertThat(column(7).subList(0, 15)).doesNotContain("–");
  }

  @Test
  void filtersByNameHostAndCondition() {
    browser.open(RICH, 1280, "");
    browser.press("/");
    browser.press("host-3 boot > 120s");
    browser.settle();
    assertThat(column(2)).isNotEmpty().allMatch(host -> host.contains("host-3"));
    long expected =
        RICH.vms().rows().stream()
            .filter(
                row ->
                    String.join(" ", row.hosts()).contains("host-3") && row.values().get(0) > 120)
            .count();
    assertThat(browser.find("#vm-says").getText()).startsWith(expected + " of 240 VMs");

    browser.find("#vm-filter").clear();
    browser.find("#vm-filter").sendKeys("speed > 3");
    browser.settle();
    assertThat(browser.find("#vm-says").getText())
        .isEqualTo("no figure “speed”; there are boot, wait, read, memory, down");
  }

  @Test
  void keepsOnlyThoseOverALimitOrRestarted() {
    browser.open(RICH, 1280, "");
    browser.find("#vm-chips button:nth-child(3)").click();
    assertThat(column(2)).isNotEmpty().allMatch(hosts -> hosts.startsWith("host-2 →"));
    assertThat(browser.find("#vm-says").getText()).startsWith("60 of 240 VMs");
  }

  @Test
  void opensARowToItsOwnPlots() {
    browser.open(RICH, 1280, "");
    browser.run("document.querySelector('#vm-panel').scrollIntoView()");
    browser.find("#vm-table tbody th button").click();
    browser.settle();
    assertThat(browser.texts("#vm-table tr.opened h4"))
        .containsExactly("CPU", "vCPU wait", "Memory");
    assertThat(browser.run(BLANK_CANVASES)).isEqualTo(0L);
    browser.find("#vm-table tbody th button").click();
    assertThat(browser.texts("#vm-table tr.opened")).isEmpty();
  }

  @Test
  void movesTheCursorAndTheEventsByKey() {
    browser.open(RICH, 1280, "");
    assertThat(cursor()).isEqualTo("Cursor at 0:03:55");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(cursor()).isEqualTo("Cursor at 0:04:00");
    browser.pressWithShift(Keys.ARROW_RIGHT);
    assertThat(cursor()).isEqualTo("Cursor at 0:05:40");
    browser.press(Keys.ARROW_LEFT);
    assertThat(cursor()).isEqualTo("Cursor at 0:05:30");
    browser.press("e");
    assertThat(cursor()).isEqualTo("Cursor at 1:10:00");
    browser.press("e");
    assertThat(cursor()).isEqualTo("Cursor at 1:11:20");
    browser.pressWithShift("e");
    assertThat(cursor()).isEqualTo("Cursor at 1:10:00");
    assertThat(browser.texts("#timeline .reading").get(0)).contains("running", "180");
  }

  @Test
  void showsAPlotsFiguresAsATable() {
    browser.open(RICH, 1280, "");
    browser.run("document.querySelector('#timeline figure').focus()");
    browser.press("t");
    assertThat(browser.texts("#timeline .data-table thead th"))
        .containsExactly("From", "running", "booting");
    assertThat(browser.texts("#timeline .data-table tbody tr").size()).isBetween(100, 200);
    browser.press("t");
    assertThat(browser.texts("#timeline .data-table")).isEmpty();
  }

  @Test
  void showsWhereAReadsTimeGoesAsBarsAndAsATable() {
    browser.open(RICH, 1280, "");
    assertThat(browser.texts("#storage .stages li b")).containsExactly("0.642 ms", "3.86 ms");
    assertThat(
            (Long)
                browser.run(
                    "return document.querySelectorAll('#storage .stage-bar')[1].querySelectorAll('rect').length"))
        .isEqualTo(7L);
    browser.run("document.querySelector('#storage .stages').focus()");
    browser.press("t");
    assertThat(browser.texts("#storage .data-table thead th"))
        .contains("ring", "dom0 wait", "All", "Reads");
    assertThat(browser.texts("#storage .data-table tbody th"))
        .containsExactly("Calm", "Worst 2 min");
    assertThat(browser.errors()).isEmpty();
  }

  private static List<Double> pixelsADot() {
    browser.settle();
    List<?> ratios =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll('figure canvas')].filter(c => c.clientWidth)"
                    + ".map(c => String(c.width / c.clientWidth))");
    return ratios.stream().map(ratio -> Double.valueOf((String) ratio)).toList();
  }

  @Test
  void printsLightAndOpenedAndGoesBack() {
    browser.open(RICH, 1280, "");
    browser.drawEverything();
    browser.press("d");
    browser.run("document.querySelector('details').open = false");
    browser.run("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("light");
    assertThat(browser.run("return document.querySelectorAll('details:not([open])').length"))
        .isEqualTo(0L);
    assertThat(browser.run(BLANK_CANVASES)).isEqualTo(0L);
    assertThat(pixelsADot()).isNotEmpty().allMatch(ratio -> Math.abs(ratio - 2) < 0.02);
    browser.run("window.dispatchEvent(new Event('afterprint'))");
    assertThat(pixelsADot()).isNotEmpty().allMatch(ratio -> Math.abs(ratio - 1) < 0.02);
    assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("dark");
    assertThat(browser.run("return document.querySelectorAll('details:not([open])').length"))
        .isEqualTo(1L);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void zoomsByDraggingKeepsTheViewInTheUrlAndResets() {
    browser.open(RICH, 1280, "");
    browser.run("document.querySelector('#timeline-panel').scrollIntoView()");
    browser.settle();
    browser.drag(browser.find("#timeline .u-over"), -200, -100);
    browser.awaitUrl(url -> url.matches(".*#t=\\d+-\\d+&at=\\d+"));
    String url = browser.url();
    String axisBefore = range();
    browser.open(RICH, 1280, url.substring(url.indexOf('#')));
    assertThat(range()).isEqualTo(axisBefore);
    browser.press(Keys.ESCAPE);
    browser.awaitUrl(now -> !now.contains("#t="));
    assertThat(browser.url()).contains("#at=");
  }

  private static String range() {
    return browser.url().replaceAll(".*#t=(\\d+-\\d+).*", "$1");
  }

  @Test
  void restoresFilterSortAndChipFromTheUrl() {
    browser.open(RICH, 1280, "#q=host-4&sort=read&show=over");
    assertThat(browser.find("#vm-filter").getAttribute("value")).isEqualTo("host-4");
    assertThat(browser.find("#vm-table th[aria-sort=ascending]").getText()).startsWith("Read p99");
    assertThat(browser.find("#vm-chips [aria-pressed=true]").getText()).startsWith("Over a limit");
  }

  @Test
  void turnsDarkByKeyAndButtonAndDrawsAnew() {
    browser.open(RICH, 1280, "");
    browser.drawEverything();
    String light = (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    browser.press("d");
    String dark = (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    assertThat(List.of(light, dark)).containsExactly("rgb(246, 247, 249)", "rgb(13, 17, 23)");
    assertThat(browser.run(BLANK_CANVASES)).isEqualTo(0L);
    assertThat(browser.errors()).isEmpty();
    browser.run("window.scrollTo(0, 0)");
    browser.find("#theme").click();
    assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("light");
  }

  @Test
  void explainsItsKeys() {
    browser.open(RICH, 1280, "");
    browser.press("?");
    assertThat(browser.find("#keys").isDisplayed()).isTrue();
    browser.press(Keys.ESCAPE);
    assertThat(browser.find("#keys").isDisplayed()).isFalse();
  }

  @Test
  void namesEveryPlotAndEveryControl() {
    browser.open(RICH, 1280, "");
    browser.drawEverything();
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('figure, button, input, select')].filter(e => e.offsetWidth).filter(e =>"
                    + " !(e.getAttribute('aria-label') || e.textContent.trim() || e.closest('label'))).map(e => e.outerHTML)"))
        .isEqualTo(List.of());
    assertThat(browser.run("return document.querySelectorAll('h1').length")).isEqualTo(1L);
    assertThat(
            browser.run(
                "const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size"))
        .isEqualTo(0L);
  }

  @Test
  void runsNoScriptOfTheScenario() {
    browser.open(SampleRuns.hostile(), 1280, "");
    browser.drawEverything();
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.find("title").getAttribute("textContent"))
        .startsWith("</script><script>alert(1)");
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(column(1).get(0)).startsWith("</script>");
  }

  @Test
  void holdsTwentyThousandVmsByDrawingOnlyTheRowsInView() {
    browser.open(SampleRuns.huge(), 1280, "");
    browser.drawEverything();
    assertThat(browser.errors()).isEmpty();
    assertThat((Long) browser.run("return document.querySelectorAll('#vm-table tbody tr').length"))
        .isLessThan(60);
    browser.run("document.querySelector('#vm-scroll').scrollTop = 1e9");
    browser.settle();
    assertThat(browser.find("#vm-says").getText()).endsWith("of 20000");
    browser.find("#host-filter").sendKeys("host-777");
    assertThat(browser.texts("#hosts tbody th")).isEqualTo(Collections.singletonList("host-777"));
    assertThat(browser.run(BLANK_CANVASES)).isEqualTo(0L);
  }
}
