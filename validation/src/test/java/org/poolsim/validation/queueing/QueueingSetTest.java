// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;

class QueueingSetTest {
  @TempDir private Path folder;

  private Replay replay(String text) throws IOException {
    Path file = folder.resolve("queueing_test.json");
    Files.writeString(file, text);
    return new QueueingSet(1, 60).replay(file);
  }

  @Test
  void aRightFigureLiesInItsIntervalAndAWrongOneDoesNot() throws IOException {
    Replay replay =
        replay(
            """
            {"units": "service=1",
             "MM1": [{"rho": 0.5, "L": 1.0, "Wq": 1.0}, {"rho": 0.5, "L": 1.1}],
             "MG1_PS": [{"rho": 0.3, "W_mean": 1.42857142857143}],
             "MG1_nonpreemptive_priority": [{"rho": 0.5, "frac_high": 0.5, "S_high": 1,
               "S_low": 1, "scv": 0, "Wq_high": 0.333333333333333, "Wq_low": 0.666666666666667}]}
            """);
    assertThat(replay.cases())
        .extracting(CaseResult::verdict)
        .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.PASS, Verdict.PASS);
    assertThat(replay.computed()).contains("\"L_simulated\"", "\"Wq_high_simulated\"");
  }

  @Test
  void withoutRecordedFiguresARowIsSimulatedAndNotJudged() throws IOException {
    Replay replay = replay("{\"rows\": [{\"c\": 1, \"N\": 4, \"think\": 1.0}]}");
    assertThat(replay.cases()).extracting(CaseResult::verdict).containsExactly(Verdict.NOT_JUDGED);
    assertThat(replay.computed()).contains("\"X_simulated\"");
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
        .hasMessageContaining("MM1/0: a number is expected for \"rho\"");
    assertThatThrownBy(() -> replay("{\"MMX\": [{\"rho\": 0.5}]}"))
        .hasMessageContaining("MMX/0: the table is not known");
    assertThatThrownBy(() -> replay("[]")).hasMessageContaining("an object of tables");
    assertThatThrownBy(() -> replay("{")).hasMessageContaining("not JSON");
  }
}
