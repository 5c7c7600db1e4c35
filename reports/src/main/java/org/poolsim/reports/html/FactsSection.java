// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.RunFacts;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;
import org.poolsim.reports.summary.Wording;

/** Run facts: the conditions without which no figure means anything. */
final class FactsSection implements Section {
  private final Map<String, String> leftOut;
  private final List<String> thinned;

  /**
   * The facts of a page.
   *
   * @param leftOut sections that the page does not have, and why
   * @param thinned what the page had to leave out to stay small
   */
  FactsSection(Map<String, String> leftOut, List<String> thinned) {
    this.leftOut = leftOut;
    this.thinned = thinned;
  }

  @Override
  public String id() {
    return "facts";
  }

  @Override
  public String title() {
    return "Run facts";
  }

  @Override
  public String absence(RunResult run) {
    return "";
  }

  @Override
  public void write(RunResult run, Markup page) {
    RunFacts facts = run.facts();
    page.open("section", "class", "panel", "aria-label", "Run facts").open("dl", "class", "facts");
    fidelity(facts, page);
    row(page, "Seed, replications")
        .text(
            run.identity().seed()
                + ", "
                + Wording.uncapital(Figures.word(run.identity().replications()))
                + " replication"
                + (run.identity().replications() == 1 ? "" : "s")
                + ". The same scenario and seed give the same bytes on any machine.")
        .raw("</dd></div>\n");
    if (run.identity().replications() > 1 && !run.alarms().isEmpty()) {
      row(page, "Alarms")
          .text(Wording.alarms(run) + " Those on the timeline are the first one's.")
          .raw("</dd></div>\n");
    }
    row(page, "Thresholds").text(thresholds(run)).raw("</dd></div>\n");
    if (facts.settings() > 0) {
      defaults(facts, page);
    }
    if (!facts.overrides().isEmpty()) {
      row(page, "Set on the command line")
          .element("code", String.join(" · ", facts.overrides()))
          .raw("</dd></div>\n");
    }
    if (!facts.quirks().isEmpty()) {
      quirks(facts, page);
    }
    if (!leftOut.isEmpty()) {
      row(page, "Not in this report");
      Map<String, List<String>> byReason = new LinkedHashMap<>();
      leftOut.forEach(
          (title, why) -> byReason.computeIfAbsent(why, key -> new ArrayList<>()).add(title));
      page.text(
              byReason.entrySet().stream()
                      .map(e -> Wording.listed(e.getValue()) + ": " + e.getKey())
                      .collect(Collectors.joining(". "))
                  + ".")
          .raw("</dd></div>\n");
    }
    List<String> remarks = new ArrayList<>(thinned);
    remarks.addAll(facts.remarks());
    if (!remarks.isEmpty()) {
      row(page, "Remarks").text(String.join(" ", remarks)).raw("</dd></div>\n");
    }
    row(page, "Produced by")
        .text(
            facts.product()
                + (facts.modelled().isEmpty() ? "" : ", models of " + facts.modelled())
                + " · "
                + Figures.text((double) facts.events(), Unit.COUNT)
                + " events · audit "
                + facts.audit()
                + " · scenario ")
        .element(
            "code",
            "sha256 " + shortDigest(facts.scenarioSha256()),
            "title",
            facts.scenarioSha256())
        .raw("</dd></div>\n");
    page.closeLine();
    if (!facts.scenario().isEmpty()) {
      page.open("details", "class", "scenario")
          .element("summary", "Scenario as run, every default written out");
      page.element("pre", facts.scenario(), "tabindex", "0").closeLine();
    }
    page.closeLine();
  }

  private static Markup row(Markup page, String name) {
    return page.raw("<div>").element("dt", name).raw("<dd>");
  }

  private static void fidelity(RunFacts facts, Markup page) {
    row(page, "Fidelity");
    boolean first = true;
    for (RunFacts.Fidelity fidelity : facts.fidelity()) {
      page.text((first ? Wording.capital(fidelity.resource()) : " · " + fidelity.resource()) + ": ")
          .element("b", fidelity.level())
          .text(", " + (fidelity.validation().isEmpty() ? "not validated" : fidelity.validation()));
      first = false;
    }
    page.raw("</dd></div>\n");
  }

  private static String thresholds(RunResult run) {
    List<String> words = new ArrayList<>();
    for (Lane lane : run.lanes()) {
      words.add(lane.resource() + " " + lane.thresholdWords());
    }
    return Wording.capital(String.join(" · ", words));
  }

  private static void defaults(RunFacts facts, Markup page) {
    row(page, "Defaults used")
        .text(
            Figures.whole(facts.defaultsUsed())
                + " of "
                + Figures.whole(facts.settings())
                + " settings were not in the scenario.");
    if (!facts.leanedOn().isEmpty()) {
      page.text(" The " + facts.leanedOn().size() + " that the verdict depends on most: ")
          .element(
              "code",
              facts.leanedOn().stream()
                  .map(setting -> setting.key() + " " + setting.value())
                  .collect(Collectors.joining(" · ")));
    }
    page.text(
            facts.leanedOn().isEmpty()
                ? " All are in scenario.yaml."
                : ". All are in scenario.yaml.")
        .raw("</dd></div>\n");
  }

  private static void quirks(RunFacts facts, Markup page) {
    row(page, "Faithful quirks");
    page.text(
        facts.quirks().stream()
                .map(quirk -> quirk.name() + (quirk.on() ? " on" : " off"))
                .collect(Collectors.joining(", "))
            + ". Switches: ");
    page.element(
            "code",
            facts.quirks().stream().map(RunFacts.Quirk::key).collect(Collectors.joining(" · ")))
        .raw("</dd></div>\n");
  }

  private static String shortDigest(String digest) {
    return digest.length() > 12
        ? digest.substring(0, 4) + "…" + digest.substring(digest.length() - 4)
        : digest;
  }
}
