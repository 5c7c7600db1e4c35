// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.SampleRuns;
import org.poolsim.reports.summary.TerminalSummary.Style;
import org.poolsim.reports.summary.TerminalSummary.Terminal;

/**
 * The terminal summary: 80 columns, verdict first, colour and Unicode only where they are welcome.
 */
class TerminalSummaryTest {
  private static final String NEXT = "poolsim run vdi-boot-storm.yaml --replications 10";

  private static String plain(RunResult run) {
    return TerminalSummary.of(run, 41, "vdi-boot-storm-42/report.html", NEXT, Style.PLAIN);
  }

  @Test
  void opensWithTheRunAndTheVerdict() {
    assertThat(plain(SampleRuns.rich()).lines().limit(3))
        .containsExactly(
            "vdi-boot-storm · 4 hosts · 240 VMs · 2 h simulated in 41 s · seed 42",
            "",
            "✗ One of four objectives is missed: desktops boot too slowly.");
  }

  @Test
  void listsEveryObjectiveWithItsDistanceMissedFirst() {
    assertThat(plain(SampleRuns.rich()))
        .containsSubsequence(
            "  ✗ vm.boot_time       p95   118 s        below 90 s     missed by 31 %\n",
            "  ✓ vbd.read_latency   p99   14.6 ms      below 20 ms    27 % spare\n",
            "  ✓ ha.restart_time    max   4 min 31 s   below 5 min    9.7 % spare\n",
            "  ✓ vm.cpu_wait        p95   1.9 %        below 5 %      62 % spare\n");
  }

  @Test
  void drawsWhatSaturatedInOrderOfFirstTimeAndNamesWhatNeverDid() {
    assertThat(plain(SampleRuns.rich()))
        .containsSubsequence("What saturated", "dom0 CPU", "response time", "never: guest CPU")
        .contains("1:10:00  host-2 died; 60 of 60 VMs working again after 4 min 31 s");
  }

  @Test
  void saysSoWhenNothingSaturatedAndNamesTheNearest() {
    assertThat(plain(SampleRuns.calm()))
        .contains("All three objectives are met.")
        .contains("Nothing saturated: highest guest CPU")
        .contains("comes nearest");
  }

  @Test
  void offersThreeLinesOfYamlWhereNoObjectivesWereSet() {
    assertThat(plain(SampleRuns.withoutObjectives()))
        .contains("No objectives were set.")
        .contains("    objectives:\n");
  }

  @Test
  void neverExceedsEightyColumns() {
    for (RunResult run :
        new RunResult[] {SampleRuns.rich(), SampleRuns.calm(), SampleRuns.withoutObjectives()}) {
      assertThat(plain(run).lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void isPlainAsciiWhereTheLocaleIsNotUtf8() {
    Style style = Style.of(StandardCharsets.US_ASCII, Terminal.NO, null);
    String text = TerminalSummary.of(SampleRuns.rich(), 41, "out/report.html", NEXT, style);
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text)).isTrue();
    assertThat(text).contains("x One of four").doesNotContain("?");
  }

  @Test
  void coloursOnATerminalUnlessToldNotTo() {
    assertThat(Style.of(StandardCharsets.UTF_8, Terminal.YES, null)).isEqualTo(Style.COLOUR);
    assertThat(Style.of(StandardCharsets.UTF_8, Terminal.YES, "1")).isEqualTo(Style.PLAIN);
    assertThat(Style.of(StandardCharsets.UTF_8, Terminal.YES, "")).isEqualTo(Style.COLOUR);
    assertThat(Style.of(StandardCharsets.UTF_8, Terminal.NO, null)).isEqualTo(Style.PLAIN);
    String coloured = TerminalSummary.of(SampleRuns.rich(), 41, "", NEXT, Style.COLOUR);
    assertThat(coloured).contains("\u001b[33m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", ""))
        .isEqualTo(TerminalSummary.of(SampleRuns.rich(), 41, "", NEXT, Style.PLAIN));
  }
}
