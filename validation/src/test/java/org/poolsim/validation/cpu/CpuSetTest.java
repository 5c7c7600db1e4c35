// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The exact runs equal those of the real scheduler source, to the last nanosecond. */
class CpuSetTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Stream<Path> recordedCases() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/cpu"))) {
      return files.sorted().toList().stream();
    }
  }

  static void exactRunsAreEqual(Path file) throws IOException {
    JsonNode root = MAPPER.readTree(Files.readString(file));
    SchedCase plan = SchedCaseReader.read(file.toString(), root);
    for (String scheduler : plan.schedulers()) {
      CaseRun run = new CaseRun(plan, scheduler, 0);
      run.run();
      Replay.CaseResult result =
          ExactRun.judge(
              plan.id() + " " + scheduler,
              root.get("results").get(scheduler).get("exact"),
              CaseResults.exact(run));
      assertThat(result.verdict())
          .as(result.id() + ": " + result.deviation())
          .isEqualTo(Replay.Verdict.PASS);
    }
  }

  @ParameterizedTest
  @MethodSource("recordedCases")
  void anExactRunIsEqual(Path file) throws IOException {
    exactRunsAreEqual(file);
  }

  @Test
  void allExactRunsAreEqual() throws IOException {
    String folder = System.getenv("POOLSIM_VALIDATION");
    Assumptions.assumeTrue(folder != null, "POOLSIM_VALIDATION names no folder of recorded cases");
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(folder, "cpu"))) {
      files = all.filter(new CpuSet()::accepts).sorted().toList();
    }
    for (Path file : files) {
      exactRunsAreEqual(file);
    }
  }

  /** A run checks the sums itself, at the end of each of its bins, and fails if one is wrong. */
  @Test
  void timeAddsUpInEveryJitteredRun() throws IOException {
    String folder = System.getenv("POOLSIM_VALIDATION");
    Assumptions.assumeTrue(folder != null, "POOLSIM_VALIDATION names no folder of recorded cases");
    int runs = 0;
    try (Stream<Path> all = Files.list(Path.of(folder, "cpu"))) {
      for (Path file : all.filter(new CpuSet()::accepts).sorted().toList()) {
        SchedCase plan =
            SchedCaseReader.read(file.toString(), MAPPER.readTree(Files.readString(file)));
        for (String scheduler : plan.schedulers()) {
          new CaseRun(plan, scheduler, 1).run();
          runs++;
        }
      }
    }
    assertThat(runs).isPositive();
  }

  @Test
  void aCaseIsJudgedExactlyAndByRange() throws IOException {
    Replay replay = new CpuSet().replay(Path.of("src/test/resources/cpu/rtds-p2-3x7of10.json"));
    assertThat(replay.cases())
        .extracting(Replay.CaseResult::id)
        .containsExactly("rtds-p2-3x7of10 rtds exact", "rtds-p2-3x7of10 rtds perturbed");
    assertThat(replay.cases())
        .extracting(Replay.CaseResult::verdict)
        .containsOnly(Replay.Verdict.PASS);
  }

  /** Two spinning VMs on different pCPUs get 0.4 to 0.6 s each; alone on one, up to 25 s. */
  @Test
  void bothModesOfTheSpinningVmsAreInTheRange() throws IOException {
    Path file = Path.of("src/test/resources/cpu/yield-p4-spin.json");
    SchedCase plan = SchedCaseReader.read(file.toString(), MAPPER.readTree(Files.readString(file)));
    SchedCase.DomainCase hog = plan.domains().get(0);
    SchedCase.DomainCase spinning = plan.domains().get(6);
    SpinModes modes = new SpinModes(plan, "credit");
    assertThat(modes.most("cpu_time_ns", spinning, 6e8)).isEqualTo(25e9);
    assertThat(modes.most("switch_ins", spinning, 3e3)).isEqualTo(125_000);
    assertThat(modes.most("migrations", spinning, 7)).isEqualTo(7);
    assertThat(modes.least("cpu_time_ns", spinning, 4e8)).isEqualTo(4e8);
    // 4 pCPUs for 60 s, less 25 s for each of the two, among six.
    assertThat(modes.least("cpu_time_ns", hog, 39.6e9)).isEqualTo(190e9 / 6);
    assertThat(modes.most("cpu_time_ns", hog, 40.1e9)).isEqualTo(40.1e9);
    SpinModes none = new SpinModes(plan, "credit2");
    assertThat(none.most("cpu_time_ns", spinning, 6e8)).isEqualTo(6e8);
    assertThat(none.least("cpu_time_ns", hog, 39.6e9)).isEqualTo(39.6e9);
  }

  @Test
  void aCaseWithoutOutcomeIsRunAndNotJudged(@TempDir Path folder) throws IOException {
    ObjectNode root =
        (ObjectNode)
            MAPPER.readTree(
                Files.readString(Path.of("src/test/resources/cpu/rtds-p1-periods.json")));
    root.remove("results");
    Path file = folder.resolve("rtds-p1-periods.json");
    Files.writeString(file, root.toString());
    Replay replay = new CpuSet().replay(file);
    assertThat(replay.cases())
        .extracting(Replay.CaseResult::verdict)
        .containsOnly(Replay.Verdict.NOT_JUDGED);
    assertThat(
            MAPPER
                .readTree(replay.computed())
                .at("/results/rtds/exact/domains/0/cpu_time_ns")
                .longValue())
        .isPositive();
  }

  @Test
  void everythingWrongWithACaseIsToldAtOnce(@TempDir Path folder) throws IOException {
    String text = Files.readString(Path.of("src/test/resources/cpu/rtds-p1-periods.json"));
    Path file = folder.resolve("broken.json");
    Files.writeString(
        file,
        text.replaceFirst("\"weight\":\\s*256", "\"weight\":0")
            .replaceFirst("\"type\":\\s*\"hog\"", "\"type\":\"hogg\""));
    assertThatThrownBy(() -> new CpuSet().replay(file))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining("domains[0].weight")
        .hasMessageContaining("'hogg'");
  }
}
