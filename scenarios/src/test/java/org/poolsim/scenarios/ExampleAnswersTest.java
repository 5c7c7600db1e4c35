// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.memory.MemoryLimits;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.MetricSeries;
import org.poolsim.pool.ObjectiveOutcome;
import org.poolsim.pool.ObjectiveOutcome.Verdict;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolEvent;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.VmState;

/** Each example answers the question that it asks. */
class ExampleAnswersTest {
  /** An example has millions of events; so many of them are audited one by one. */
  private static final int MOST_AUDITED = 200_000;

  private static Pool run(String name, String... settings) throws ScenarioException {
    LoadedScenario scenario =
        Scenarios.load(
            Path.of("examples", name + ".yaml"), Stream.of(settings).map(Setting::parse).toList());
    Pool pool =
        new Pool(
            scenario.runSpec(), 0, CpuFactory.AS_SPECIFIED, new DataSources(), PoolObserver.NOBODY);
    pool.run();
    pool.audit();
    return pool;
  }

  private static Verdict verdict(Pool pool, String metric) {
    return pool.outcomes().stream()
        .filter(outcome -> outcome.objective().metric().equals(metric))
        .map(ObjectiveOutcome::verdict)
        .findFirst()
        .orElseThrow();
  }

  private static double p95(Pool pool, String metric) {
    return pool.metrics().find(metric).orElseThrow().values().percentile(95);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "branch-office-doubled",
        "consolidation-at-noon",
        "dom0-sixteen-vcpus",
        "dom0-two-vcpus",
        "memory-boot-storm",
        "memory-oscillation",
        "n-plus-one",
        "noisy-neighbour",
        "noisy-neighbour-capped"
      })
  void cpuTimeAndMemoryAddUpAfterEveryEvent(String name) throws ScenarioException {
    LoadedScenario scenario = Scenarios.load(Path.of("examples", name + ".yaml"), List.of());
    Pool pool =
        new Pool(
            scenario.runSpec(), 0, CpuFactory.AS_SPECIFIED, new DataSources(), PoolObserver.NOBODY);
    int events = 0;
    while (events < MOST_AUDITED
        && pool.simulator().nowNanos() < scenario.durationNanos()
        && pool.simulator().step()) {
      pool.audit();
      events++;
    }
    // Only balloons and the daemon move in the oscillation.
    assertThat(events).isGreaterThan(name.equals("memory-oscillation") ? 3_000 : 10_000);
  }

  @Test
  void theForgottenWeightSuffersAtNoon() throws ScenarioException {
    MetricSeries waits = run("consolidation-at-noon").metrics().find("vm.cpu_wait").orElseThrow();
    double own = waits.valuesOf("app-17").percentile(95);
    for (String name : waits.entities()) {
      if (!name.equals("app-17")) {
        assertThat(waits.valuesOf(name).percentile(95)).as(name).isLessThan(own / 1.5);
      }
    }
  }

  @Test
  void twoDom0VcpusMakeReadsWait() throws ScenarioException {
    Pool two = run("dom0-two-vcpus");
    Pool sixteen = run("dom0-sixteen-vcpus");
    assertThat(verdict(two, "host.dom0_cpu")).isEqualTo(Verdict.MISSED);
    assertThat(verdict(two, "vbd.read_latency")).isEqualTo(Verdict.MISSED);
    assertThat(sixteen.outcomes()).allMatch(outcome -> outcome.verdict() == Verdict.MET);
    assertThat(p95(two, "vbd.read_latency")).isGreaterThan(3 * p95(sixteen, "vbd.read_latency"));
    assertThat(p95(two, "array.utilisation")).isLessThan(0.5);
  }

  @Test
  void aCapQuietensTheNeighbour() throws ScenarioException {
    Pool free = run("noisy-neighbour");
    Pool capped = run("noisy-neighbour-capped");
    assertThat(verdict(free, "request.response_time")).isEqualTo(Verdict.MISSED);
    assertThat(verdict(capped, "request.response_time")).isEqualTo(Verdict.MET);
  }

  @Test
  void startsOnANearlyFullHostWaitForThoseThatBoot() throws ScenarioException {
    Pool pool = run("memory-boot-storm");
    assertThat(verdict(pool, "vm.memory_wait_time")).isEqualTo(Verdict.MISSED);
    assertThat(verdict(pool, "vm.boot_time")).isEqualTo(Verdict.MET);
    MetricSeries.Values waits = pool.metrics().find("vm.memory_wait_time").orElseThrow().values();
    assertThat(waits.count()).isEqualTo(10);
    assertThat(waits.min()).isLessThan(0.1e9);
    assertThat(pool.events())
        .extracting(PoolEvent::kind)
        .contains(PoolEvent.Kind.MEMORY_REFUSED)
        .doesNotContain(PoolEvent.Kind.START_GIVEN_UP);
    // All have their promise, and what is left in proportion.
    for (PoolVm vm : pool.vms()) {
      assertThat(vm.state()).isEqualTo(VmState.RUNNING);
      MemoryLimits limits = vm.memory().limits();
      assertThat(vm.memory().actualKib())
          .isBetween(limits.dynamicMinKib(), limits.dynamicMaxKib() / 2 + limits.dynamicMinKib());
    }
  }

  @Test
  void oneVmThatCannotGrowKeepsItsNeighboursSwinging() throws ScenarioException {
    Pool faithful = run("memory-oscillation");
    Pool intended = run("memory-oscillation", "pool.memory_policy.squeezed=intended");
    // A cycle takes about 16 s: ten of rest and six looks, a second apart.
    assertThat(balances(faithful)).isBetween(70L, 78L);
    assertThat(balances(intended)).isLessThan(5);
  }

  private static long balances(Pool pool) {
    return pool.host("host-1").hostMemory().squeezed().balances();
  }

  @Test
  void nPlusOneHoldsMemoryButNotCpu() throws ScenarioException {
    Pool pool = run("n-plus-one");
    assertThat(verdict(pool, "host.memory_used")).isEqualTo(Verdict.MET);
    assertThat(verdict(pool, "host.guest_cpu")).isEqualTo(Verdict.MISSED);
    assertThat(verdict(pool, "vm.boot_time")).isEqualTo(Verdict.MET);
    assertThat(pool.metrics().find("vm.boot_time").orElseThrow().values().count()).isEqualTo(16);
    assertThat(pool.host("host-2").vms()).isEmpty();
  }

  @Test
  void atTwiceItsLoadTheFilerGivesWayFirst() throws ScenarioException {
    Pool pool = run("branch-office-doubled");
    assertThat(verdict(pool, "array.utilisation")).isEqualTo(Verdict.MISSED);
    assertThat(verdict(pool, "vbd.read_latency")).isEqualTo(Verdict.MISSED);
    assertThat(verdict(pool, "host.guest_cpu")).isEqualTo(Verdict.MET);
  }
}
