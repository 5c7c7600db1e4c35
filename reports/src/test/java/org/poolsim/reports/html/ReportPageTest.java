// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.poolsim.reports.result.CpuDetail;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.SampleRuns;
import org.poolsim.reports.result.VmTable;
import org.poolsim.reports.summary.Figures;

/** The page as text: what it must hold, what it must never hold, how large it may be. */
class ReportPageTest {
  private static String page(RunResult run) {
    return new String(ReportPage.of(run), StandardCharsets.UTF_8);
  }

  private static void assertInOrder(String page, String... parts) {
    int from = 0;
    for (String part : parts) {
      int at = page.indexOf(part, from);
      assertThat(at).as(part).isNotNegative();
      from = at + part.length();
    }
  }

  @Test
  void isTheSameBytesForTheSameRun() {
    assertThat(ReportPage.of(SampleRuns.rich())).isEqualTo(ReportPage.of(SampleRuns.rich()));
  }

  @Test
  void forbidsTheNetworkAndAllScriptsButItsOwn() throws Exception {
    String page = page(SampleRuns.rich());
    Matcher script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(script.find()).isTrue();
    byte[] bytes = script.group(1).getBytes(StandardCharsets.UTF_8);
    String digest =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(page)
        .contains("default-src &#39;none&#39;")
        .contains("script-src &#39;sha256-" + digest + "&#39;")
        .doesNotContain("unsafe-inline")
        .doesNotContain(" style=\"")
        .doesNotContain("src=\"http");
    assertThat(script.find()).as("one script only").isFalse();
  }

  @Test
  void saysTheVerdictTheObjectivesTheLanesTheHostsAndTheFactsWithoutItsScript() {
    String page = page(SampleRuns.rich()).replaceAll("(?s)<script.*?</script>", "");
    assertThat(page)
        .contains("<h1>One of four objectives is missed: desktops boot too slowly.</h1>")
        .contains("Boot time of a VM, 95th percentile", "missed by 31 %", "met, 27 % spare")
        .contains("above it for 5 min 5 s")
        .contains("never, highest", "threshold 90 % for at least 10 s")
        .contains("host-3", "died 1:10:00")
        .contains("212 of 251 settings were not in the scenario")
        .contains("not validated")
        .contains("HA: no fencing policy was simulated");
  }

  @Test
  void showsDisksAndLinksInTheSameFrameAndSaysThatTheyAreNotValidated() {
    String page = page(SampleRuns.rich());
    assertInOrder(
        page,
        "Where a read’s time goes",
        "capacity</a>, not validated",
        "Worst 2 min",
        "SR golden, throughput",
        "Disk read latency over time",
        "host-1/eth0");
    assertThat(page).contains("id=\"storage\"", "id=\"network\"", "(bond0)");
  }

  @Test
  void showsMissedObjectivesFirst() {
    assertInOrder(page(SampleRuns.rich()), "missed by 31 %", "met, 27 % spare");
  }

  @Test
  void foldsWhatStayedQuiet() {
    assertInOrder(
        page(SampleRuns.rich()),
        "Quiet resources",
        "<details id=\"memory\">",
        "Highest 63 % of host memory");
    assertThat(page(SampleRuns.calm())).contains("<details id=\"cpu\">");
  }

  @Test
  void givesSaturationTheFirstPlaceWhenNoObjectivesWereSet() {
    String page = page(SampleRuns.withoutObjectives());
    assertThat(page).contains("<h1>dom0 CPU saturates first, at 0:02:55 on host-4.</h1>");
    assertInOrder(page, "What saturated, in order of first time", "No objectives were set");
  }

  @Test
  void saysHowLongItSaturatedInAllWhereItWentAndCame() {
    Lane first = SampleRuns.rich().lanesByFirst().get(0);
    assertThat(first.periods()).hasSizeGreaterThan(1);
    assertThat(page(SampleRuns.rich()))
        .contains(
            "; it stayed there until "
                + Figures.clock(first.periods().get(0).endNanos())
                + " at first, and for "
                + Figures.durationNanos(first.totalNanos())
                + " in all.");
  }

  @Test
  void namesTheNearestWhenNothingSaturated() {
    assertThat(page(SampleRuns.calm()))
        .contains("All three objectives are met.")
        .contains("Nothing saturated. Guest CPU comes nearest");
  }

  /** A host may be half idle while its scheduler or a mask lets a VM wait. */
  @Test
  void aWaitBeyondItsThresholdIsToldAlthoughNothingSaturated() {
    RunResult run = SampleRuns.waiting();
    CpuDetail.VmWait worst = run.cpu().orElseThrow().worstWaits().get(0);
    assertThat(worst.share().p95()).isGreaterThan(worst.share().threshold());
    String page = page(run);
    assertThat(page)
        .contains(
            "<h1>Nothing saturates, but "
                + worst.vm()
                + " waits for a pCPU "
                + Figures.percent(worst.share().p95())
                + " of the time (95th percentile). Guest CPU comes nearest");
    assertThat(page.indexOf("id=\"cpu\"")).isBetween(0, page.indexOf("id=\"quiet\""));
  }

  @Test
  void offersAFilterInTheTablesOwnWords() {
    for (RunResult run : List.of(SampleRuns.rich(), SampleRuns.oneHost())) {
      VmTable.Row first = run.vms().rows().get(0);
      String words = first.name() + " · " + first.hosts().get(0) + " · boot > 90s";
      assertThat(page(run)).contains("placeholder=\"" + words.replace(">", "&gt;") + "\"");
    }
  }

  @Test
  void hasNoHostTableForOneHost() {
    assertThat(page(SampleRuns.oneHost())).doesNotContain("id=\"hosts\"").contains("1 host ");
  }

  @Test
  void escapesTextFromTheScenarioForItsPlace() {
    String page = page(SampleRuns.hostile());
    assertThat(page)
        .doesNotContain("<script>alert")
        .doesNotContain("<img src=x")
        .doesNotContain("<!--");
    assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)");
  }

  @Test
  void staysBelowItsCeilingWithAThousandHostsAndTwentyThousandVms() {
    byte[] page = ReportPage.of(SampleRuns.huge());
    assertThat(page.length).isLessThanOrEqualTo(ReportPage.MOST_BYTES);
    assertThat(new String(page, StandardCharsets.UTF_8)).contains("The worst 50 of 1,000 hosts");
  }

  @Test
  void staysNearThreeMegabytesForTwoHundredVms() {
    assertThat(ReportPage.of(SampleRuns.rich()).length).isLessThan(3 << 20);
  }
}
