// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Two spinning VMs on different pCPUs get 0.4 to 0.6 s each; alone on one, 4 s and more. */
  @Test
  void spinningAloneOnOnePcpuIsToldFromTheRecordedMode() throws IOException {
    Path file = Path.of("src/test/resources/cpu/yield-p4-spin.json");
    SchedCase plan = SchedCaseReader.read(file.toString(), MAPPER.readTree(Files.readString(file)));
    List<CaseRun> replicates =
        IntStream.rangeClosed(1, 4).mapToObj(r -> new CaseRun(plan, "credit", r)).toList();
    replicates.forEach(CaseRun::run);
    List<CaseRun> recordedMode = SpinModes.recordedMode(plan.id(), "credit", replicates);
    assertThat(recordedMode).isNotEmpty().hasSizeLessThan(4);
    for (CaseRun run : replicates) {
      long spinning = Measured.of(run.domains().get(6).domain).cpuTimeNanos();
      if (!recordedMode.contains(run)) {
        assertThat(spinning).isBetween(4_000_000_000L, 25_000_000_000L);
      }
    }
    assertThat(SpinModes.recordedMode(plan.id(), "credit2", replicates)).hasSize(4);
    assertThat(SpinModes.recordedMode("bursts-p2-mix-hog", "credit", replicates)).hasSize(4);
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
