// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;
import org.poolsim.validation.ValidationSet;

class QueueingSetTest {
  @TempDir private Path folder;

  private Replay replay(String text) throws IOException {
    return replay(text, 60);
  }

  private Replay replay(String text, int mostReplications) throws IOException {
    Path file = folder.resolve("queueing_test.json");
    Files.writeString(file, text);
    return new QueueingSet(1, mostReplications).replay(file);
  }

  @Test
  void aRightFigureLiesInItsIntervalAndAWrongOneDoesNot() throws IOException {
    Replay replay =
        replay(
            """
            {"units": "service=1",
             "MM1": [{"rho": 0.5, "L": 1.0, "Wq": 1.0}, {"rho": 0.5, "L": 1.03}],
             "MG1_PS": [{"rho": 0.3, "W_mean": 1.42857142857143, "slowdown_for_size_x": "x/(1-rho)"}],
             "MG1_nonpreemptive_priority": [{"rho": 0.5, "frac_high": 0.5, "S_high": 1,
               "S_low": 1, "scv": 0, "Wq_high": 0.333333333333333, "Wq_low": 0.666666666666667}]}
            """);
    assertThat(replay.cases())
        .extracting(CaseResult::verdict)
        .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.PASS, Verdict.PASS);
    assertThat(replay.cases().get(1).deviation()).contains("simulated 3 times");
    assertThat(replay.computed())
        .contains("\"L_simulated\"", "\"Wq_high_simulated\"", "\"slowdown_large_simulated\"");
  }

  @Test
  void everyFormIsKnownByItsParametersWhateverItsTableIsCalled() throws IOException {
    // Figures of textbooks: M/M/2, M/E4/1, M/M/1/4, Erlang's loss, batches of 4, Nelson and
    // Tantawi.
    Replay replay =
        replay(
            """
            {"first": [{"c": 2, "rho": 0.5, "erlang_c": 0.333333333333333, "Wq": 0.333333333333333},
                       {"rho": 0.5, "scv": 0.25, "Wq": 0.625},
                       {"rho": 1.0, "K": 4, "P_block": 0.2, "throughput": 0.8, "L": 2.0},
                       {"a": 2.0, "c": 4, "B": 0.0952380952380952},
                       {"rho": 0.5, "batch": 4, "L": 2.5}],
             "second": [{"n": 2, "rho": 0.5, "exact": 2.875, "W_single": 2.0},
                        {"n": 3, "mean_max": 1.83333333333333},
                        {"c": 1, "N": 4, "think": 1.0, "X": 0.984615384615385}],
             "third": [{"demands": [0.02, 0.1], "servers": [1, 1], "think": 0.0, "results": [
                         {"N": 2, "X": 9.67741935483871, "R": 0.206666666666667,
                          "Q": [0.225806451612903, 1.7741935483871]}]}]}
            """);
    assertThat(replay.cases())
        .allSatisfy(one -> assertThat(one.verdict()).as(one + "").isEqualTo(Verdict.PASS));
    assertThat(replay.cases()).hasSize(9);
  }

  @Test
  void waitsTooRareToSeeAreReachedLevelByLevel() throws IOException {
    // M/M/8 at load 0.1: two jobs in a million wait.
    Replay replay =
        replay(
            """
            {"MMc": [{"c": 8, "rho": 0.1, "erlang_c": 2.077405445567408e-06,
                      "Lq": 2.3082282728526752e-07, "Wq": 2.885285341065844e-07}]}
            """,
            4);
    assertThat(replay.cases()).extracting(CaseResult::verdict).containsExactly(Verdict.PASS);
    assertThat(replay.cases().get(0).deviation()).doesNotContain("too rare");
  }

  @Test
  void aQuantileAtTheEdgeOfNotWaitingIsZero() throws IOException {
    // M/D/1 at load 0.5: half of the jobs do not wait, so the median is zero, just so.
    Replay replay = replay("{\"MD1\": [{\"rho\": 0.5, \"scv\": 0.0, \"Wq_p50\": 0.0}]}");
    assertThat(replay.cases().get(0).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void withoutRecordedFiguresARowIsSimulatedAndNotJudged() throws IOException {
    Replay replay =
        replay("{\"rows\": [{\"c\": 1, \"N\": 4, \"think\": 1.0}], \"MM1\": [{\"rho\": 0.4}]}");
    assertThat(replay.cases())
        .extracting(CaseResult::verdict)
        .containsExactly(Verdict.NOT_JUDGED, Verdict.NOT_JUDGED);
    assertThat(replay.computed()).contains("\"X_simulated\"", "\"W_p99_simulated\"");
  }

  @Test
  void anIntervalWithinTheWantedWidthIsReached() throws IOException {
    Replay replay = replay("{\"MM1\": [{\"rho\": 0.7, \"L\": 2.33333333333333}]}");
    String widest = replay.cases().get(0).deviation().replaceFirst(".*\\+-([0-9.]+) %.*", "$1");
    assertThat(Double.parseDouble(widest)).isBetween(0.001, 1.0);
  }

  @Test
  void whoWatchesIsToldOfEveryRow() throws IOException {
    Path file = folder.resolve("queueing_test.json");
    Files.writeString(file, "{\"rows\": [{\"n\": 2, \"mean_max\": 1.5}, {\"n\": 3}]}");
    List<String> told = new ArrayList<>();
    new QueueingSet(1, 20)
        .replay(
            file,
            new ValidationSet.Watcher() {
              @Override
              public void begins(int cases) {
                told.add("begins " + cases);
              }

              @Override
              public void judged() {
                told.add("judged");
              }
            });
    assertThat(told).containsExactly("begins 2", "judged", "judged");
  }

  @Test
  void twoRunsGiveTheSameResults() throws IOException {
    String row = "{\"MMc\": [{\"c\": 3, \"rho\": 0.6}]}";
    assertThat(replay(row).computed()).isEqualTo(replay(row).computed());
  }

  @Test
  void aLossTooRareToSeeIsNotJudged() throws IOException {
    Replay replay = replay("{\"ErlangB\": [{\"c\": 352, \"a\": 176, \"B\": 1e-29}]}");
    assertThat(replay.cases().get(0).verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(replay.cases().get(0).deviation()).contains("too rare: 1");
  }

  @Test
  void aWrongFileSaysWhere() {
    assertThatThrownBy(() -> replay("{\"MM1\": [{\"load\": 0.5}]}"))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining("MM1/0: no station has these parameters");
    assertThatThrownBy(() -> replay("{\"MM1\": [{\"rho\": 1.5}]}"))
        .hasMessageContaining("MM1/0: \"rho\" must be below 1");
    assertThatThrownBy(() -> replay("{\"MMc\": [{\"rho\": 0.5, \"c\": 1.5}]}"))
        .hasMessageContaining("MMc/0: \"c\" must be a whole number");
    assertThatThrownBy(() -> replay("[]")).hasMessageContaining("an object of tables");
    assertThatThrownBy(() -> replay("{")).hasMessageContaining("not JSON");
  }
}
