// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The exact runs equal those of the real scheduler source, to the last nanosecond. */
class CpuSetTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Stream<Path> recordedCases() throws IOException {
    return filesOf("cpu");
  }

  /** Hosts drawn at random, and what the real scheduler source made of them. */
  static Stream<Path> randomCases() throws IOException {
    return filesOf("cpu-random");
  }

  private static Stream<Path> filesOf(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
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
  @MethodSource({"recordedCases", "randomCases"})
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
    KnownModes modes = new KnownModes(plan, "credit");
    assertThat(modes.most("cpu_time_ns", spinning, 6e8)).isEqualTo(25e9);
    assertThat(modes.most("switch_ins", spinning, 3e3)).isEqualTo(125_000);
    assertThat(modes.most("migrations", spinning, 7)).isEqualTo(7);
    assertThat(modes.least("cpu_time_ns", spinning, 4e8)).isEqualTo(4e8);
    // 4 pCPUs for 60 s, less 25 s for each of the two, among six.
    assertThat(modes.least("cpu_time_ns", hog, 39.6e9)).isEqualTo(190e9 / 6);
    assertThat(modes.most("cpu_time_ns", hog, 40.1e9)).isEqualTo(40.1e9);
    // A dozen, as four of them are all in one mode now and then.
    List<Replicate> replicates =
        IntStream.range(0, 12)
            .mapToObj(i -> replicate(plan, "credit", 1 + i % 4, 1 + i / 4))
            .toList();
    List<Replicate> recorded = modes.recordedMode(replicates);
    assertThat(recorded).isNotEmpty().hasSizeLessThan(replicates.size());
    for (Replicate run : replicates) {
      double nanos = run.domains().get(6).get("cpu_time_ns");
      if (recorded.contains(run)) {
        assertThat(nanos).isLessThan(1e9);
      } else {
        assertThat(nanos).isGreaterThan(4e9);
      }
    }
    KnownModes none = new KnownModes(plan, "credit2");
    assertThat(none.recordedMode(replicates)).hasSameSizeAs(replicates);
    assertThat(none.most("cpu_time_ns", spinning, 6e8)).isEqualTo(6e8);
    assertThat(none.least("cpu_time_ns", hog, 39.6e9)).isEqualTo(39.6e9);
  }

  private static Replicate replicate(SchedCase plan, String scheduler, int number, int jitterSet) {
    CaseRun run = new CaseRun(plan, scheduler, number, jitterSet);
    run.run();
    return Replicate.of(run);
  }

  @Test
  void anotherJitterSetIsAnotherSampleOfTheSameCase() throws IOException {
    Path file = Path.of("src/test/resources/cpu/rtds-p2-3x7of10.json");
    Replay once = new CpuSet().replay(file);
    assertThat(once.repeated()).isEmpty();
    CpuSet three = (CpuSet) new CpuSet().withJitterSets(3).orElseThrow();
    Replay replay = three.replay(file);
    assertThat(replay.cases()).isEqualTo(once.cases());
    assertThat(replay.computed()).isEqualTo(once.computed());
    assertThat(replay.repeated())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).isEqualTo("rtds-p2-3x7of10 rtds perturbed");
              assertThat(one.within()).hasSize(3);
              assertThat(one.within().get(0)).isTrue();
            });
    SchedCase plan = SchedCaseReader.read(file.toString(), MAPPER.readTree(Files.readString(file)));
    List<Replicate> samples =
        IntStream.rangeClosed(1, 3).mapToObj(set -> replicate(plan, "rtds", 1, set)).toList();
    assertThat(samples).doesNotHaveDuplicates();
  }

  /** The ranges are those of the file: one that nothing can be in is missed by every set. */
  @Test
  void everySetThatIsOutsideIsCounted(@TempDir Path folder) throws Exception {
    JsonNode root =
        MAPPER.readTree(Files.readString(Path.of("src/test/resources/cpu/rtds-p2-3x7of10.json")));
    for (JsonNode domain : root.at("/results/rtds/perturbed/domains")) {
      ObjectNode migrations = (ObjectNode) domain.at("/metrics/migrations");
      migrations.put("min", 1_000_000).put("max", 1_000_001);
    }
    Path file = folder.resolve("rtds-p2-3x7of10.json");
    Files.writeString(file, root.toString());
    ValidationSet five = new CpuSet().withJitterSets(5).orElseThrow();
    AtomicInteger announced = new AtomicInteger();
    AtomicInteger judged = new AtomicInteger();
    ValidationSet.Watcher watcher =
        new ValidationSet.Watcher() {
          @Override
          public void begins(int cases) {
            announced.addAndGet(cases);
          }

          @Override
          public void judged() {
            judged.incrementAndGet();
          }
        };
    Replay replay = five.replay(file, watcher);
    assertThat(announced).hasValue(5);
    assertThat(judged).hasValue(5);
    assertThat(replay.repeated())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.outside()).isEqualTo(5);
              assertThat(one.mostOften()).matches("domain [0-9]+ migrations in 5");
            });
    // Any number of threads: one here.
    ForkJoinPool single = new ForkJoinPool(1);
    try {
      assertThat(single.submit(() -> five.replay(file, watcher)).get()).isEqualTo(replay);
    } finally {
      single.shutdown();
    }
  }

  @Test
  void modesOfTheCappedVmAreInTheRange() throws IOException {
    Path file = Path.of("src/test/resources/cpu/caps-p1-50-vs-hog.json");
    SchedCase plan = SchedCaseReader.read(file.toString(), MAPPER.readTree(Files.readString(file)));
    SchedCase.DomainCase domain = plan.domains().get(0);
    KnownModes modes = new KnownModes(plan, "credit2_pre421");
    assertThat(modes.least("switch_ins", domain, 5821)).isEqualTo(3001);
    assertThat(modes.most("switch_ins", domain, 5999)).isEqualTo(8902);
    assertThat(modes.least("cpu_time_ns", domain, 5821)).isEqualTo(5821);
    assertThat(modes.most("cpu_time_ns", domain, 5999)).isEqualTo(5999);
    assertThat(new KnownModes(plan, "credit2").least("switch_ins", domain, 5821)).isEqualTo(5821);
  }

  /** dom0's range is that of its equals, unless the scheduler treats it in its own way. */
  @Test
  void dom0IsLikeOthersButForXenServersCredit() throws IOException {
    Path file = Path.of("src/test/resources/cpu/rtds-p2-3x7of10.json");
    ObjectNode root = (ObjectNode) MAPPER.readTree(Files.readString(file));
    ((ObjectNode) root.at("/domains/0")).put("domid", 0);
    SchedCase plan = SchedCaseReader.read(file.toString(), root);
    JsonNode recorded = root.at("/results/rtds/perturbed/domains");
    for (JsonNode domain : recorded) {
      ((ObjectNode) domain.get("metrics")).retain("cpu_time_ns");
    }
    ((ObjectNode) recorded.at("/0/metrics/cpu_time_ns")).put("min", 1).put("max", 1);
    List<Replicate> replicates = List.of(replicate(plan, "rtds", 1, 1));
    assertThat(new RangeComparison(plan, "credit").compare(recorded, replicates).outside())
        .isEmpty();
    assertThat(
            new RangeComparison(plan, "credit_xenserver").compare(recorded, replicates).outside())
        .extracting(RangeComparison.Outside::figure)
        .containsExactly("domain 0 cpu_time_ns");
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
