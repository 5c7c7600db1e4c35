// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.summary.Wording;

/**
 * Writes the report of a run: one HTML file that needs no network, the same bytes for the same run.
 *
 * <pre>{@code
 * Files.write(folder.resolve("report.html"), ReportPage.of(run));
 * }</pre>
 */
public final class ReportPage {
  /** A page does not grow beyond this; the VMs' series are thinned first, and the page says so. */
  public static final int MOST_BYTES = 8 << 20;

  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final List<String> SCRIPTS =
      List.of(
          "figures.js",
          "decode.js",
          "clock.js",
          "plots.js",
          "strips.js",
          "latency.js",
          "vms.js",
          "page.js");
  private static final String MARK =
      "<svg class=\"logo\" viewBox=\"0 0 20 16\" aria-hidden=\"true\"><path d=\"M1 4c3-4 6 4 9 0s6 4 9 0M1 9c3-4 6"
          + " 4 9 0s6 4 9 0M1 14c3-4 6 4 9 0s6 4 9 0\"/></svg>";

  private ReportPage() {}

  /** Returns the page in UTF-8. */
  public static byte[] of(RunResult run) {
    byte[] page = new byte[0];
    for (VmSection.Detail detail : VmSection.Detail.values()) {
      page = page(run, detail).getBytes(StandardCharsets.UTF_8);
      if (page.length <= MOST_BYTES) {
        break;
      }
    }
    return page;
  }

  private static String page(RunResult run, VmSection.Detail detail) {
    List<String> thinned =
        switch (detail) {
          case FULL -> List.of();
          case SPARKLINES ->
              List.of(
                  "Opened VM rows were left out to keep this page small; the series are in series.parquet.");
          case FIGURES ->
              List.of(
                  "The VMs' series were left out to keep this page small; they are in series.parquet.");
        };
    Map<String, String> leftOut = new LinkedHashMap<>();
    List<Section> shown = new ArrayList<>();
    List<Section> quiet = new ArrayList<>();
    for (Section section :
        List.of(
            new VerdictSection(),
            new GlanceSection(),
            new TimelineSection(),
            new CpuSection(),
            new MemorySection(),
            new StorageSection(),
            new NetworkSection(),
            new LatencySection())) {
      String absence = section.absence(run);
      List<Lane> lanes = section.lanes(run);
      if (!absence.isEmpty()) {
        leftOut.put(section.title(), absence);
      } else if (!lanes.isEmpty() && lanes.stream().allMatch(Lane::quiet) && section.folds(run)) {
        quiet.add(section);
      } else {
        shown.add(section);
      }
    }
    leftOut.put("HA", "no fencing policy was simulated");
    VmSection vms = new VmSection(detail);
    if (!vms.absence(run).isEmpty()) {
      leftOut.put(vms.title(), vms.absence(run));
    }
    Markup page = new Markup();
    String script = script();
    String style = resource(UPLOT + "uPlot.min.css") + "\n" + resource("report.css");
    head(run, page, script, style);
    navigation(page, shown, quiet, vms.absence(run).isEmpty());
    page.raw("<main id=\"main\">\n");
    String banner = Wording.banner(run.ending());
    if (!banner.isEmpty()) {
      page.element("p", banner, "class", "banner", "role", "alert").raw("\n");
    }
    shown.forEach(section -> section(section, run, page));
    if (!quiet.isEmpty()) {
      quiet(quiet, run, page);
    }
    if (vms.absence(run).isEmpty()) {
      section(vms, run, page);
    }
    section(new FactsSection(leftOut, thinned), run, page);
    page.raw("</main>\n");
    page.raw("<div id=\"live\" class=\"out-of-sight\" aria-live=\"polite\"></div>\n");
    page.raw(resource("keys.html"));
    Island clock = new Island();
    clock
        .json()
        .writeName("duration")
        .writeRawValue(SeriesCode.shortNumber(run.identity().durationNanos() * 1e-9, 12));
    double cursor =
        run.lanesByFirst().stream()
                .filter(Lane::saturated)
                .mapToLong(Lane::firstNanos)
                .findFirst()
                .orElse(-1)
            * 1e-9;
    clock
        .json()
        .writeName("cursor")
        .writeRawValue(cursor < 0 ? "null" : SeriesCode.shortNumber(cursor, 12));
    clock.into(page, "clock");
    page.raw("<script>").raw(script).raw("</script>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void head(RunResult run, Markup page, String script, String style) {
    String policy =
        "default-src 'none'; img-src data:; script-src 'sha256-"
            + digest(script)
            + "'; style-src 'sha256-"
            + digest(style)
            + "'; base-uri 'none'; form-action 'none'";
    page.raw(
        "<!DOCTYPE html>\n<html lang=\"en\" class=\"no-js\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.single("meta", "http-equiv", "Content-Security-Policy", "content", policy).raw("\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw(
        "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
    page.element("title", run.identity().name() + " · poolsim").raw("\n");
    page.raw("<style>").raw(style).raw("</style>\n</head>\n<body>\n");
  }

  private static void navigation(
      Markup page, List<Section> shown, List<Section> quiet, boolean vms) {
    page.raw(
        "<a class=\"skip\" href=\"#main\">Skip to the verdict</a>\n<header class=\"top\"><div>");
    page.raw("<a class=\"brand\" href=\"#verdict\">")
        .raw(MARK)
        .raw("poolsim</a><nav aria-label=\"Sections\">");
    shown.forEach(
        section ->
            page.element(
                "a", section.title().replace(" at a glance", ""), "href", "#" + section.id()));
    if (!quiet.isEmpty()) {
      page.element("a", "Quiet", "href", "#quiet");
    }
    if (vms) {
      page.element("a", "VMs", "href", "#vms");
    }
    page.element("a", "Run facts", "href", "#facts");
    page.raw(
        "</nav><span class=\"buttons js-only\"><button id=\"help\" type=\"button\" aria-label=\"Keys\">?</button>");
    page.raw("<button id=\"theme\" type=\"button\">Theme</button></span></div></header>\n");
  }

  private static void section(Section section, RunResult run, Markup page) {
    page.open("section", "class", "part", "id", section.id(), "aria-label", section.title());
    if (!section.id().equals("verdict")) {
      page.element("h2", section.title());
    }
    String sentence = section.sentence(run);
    if (!sentence.isEmpty()) {
      page.element("p", sentence, "class", "lead");
    }
    section.write(run, page);
    page.closeLine();
  }

  private static void quiet(List<Section> sections, RunResult run, Markup page) {
    page.open("section", "class", "part", "id", "quiet", "aria-label", "Quiet resources")
        .element("h2", "Quiet resources");
    page.element("p", "Nothing here came near a limit. Open for the plots.", "class", "lead");
    page.open("div", "class", "panel quiet");
    for (Section section : sections) {
      page.open("details", "id", section.id()).open("summary").element("b", section.title());
      page.element("span", section.quietLine(run)).close();
      page.open("div", "class", "folded");
      section.write(run, page);
      page.closeLine();
      page.closeLine();
    }
    page.closeLine();
    page.closeLine();
  }

  private static String script() {
    StringBuilder script = new StringBuilder();
    script
        .append(resource("ratio.js"))
        .append(resource(UPLOT + "uPlot.iife.min.js"))
        .append("\n(function () {\n'use strict';\n");
    SCRIPTS.forEach(name -> script.append(resource(name)));
    return script.append("})();\n").toString();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing on the class path: " + name);
      }
      // The browser normalises line ends before it computes digests.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
