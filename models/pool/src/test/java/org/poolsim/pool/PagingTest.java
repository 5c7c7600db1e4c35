// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolsim.pool.Scenes.GIB;
import static org.poolsim.pool.Scenes.MILLI;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.BootSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkingSetSpec;

/** A guest with too little memory pages, on its own disk if it has one. */
class PagingTest {
  private static final WorkingSetSpec SET =
      new WorkingSetSpec(2 * GIB, 0, 0, 100_000, 1, 0.5, 150_000);

  private static VmSpec.Builder working(VmSpec.Builder vm, double share) {
    long bytes = (long) (share * SET.bytes()) >> 12 << 12;
    return vm.memory(MemorySpec.fixed(bytes).with(SET))
        .workloads(Scenes.closed("work", 1, 1, new StepSpec.Cpu(Distribution.constant(MILLI))));
  }

  private static Pool run(VmSpec vm) {
    return Scenes.run(
        vm.vbds().isEmpty()
            ? new PoolSpec("p", List.of(Scenes.host("host-1", 8)), List.of(vm))
            : Scenes.pool(List.of(Scenes.host("host-1", 8)), List.of(vm)),
        20);
  }

  private static double perSecond(Pool pool) {
    return pool.metrics().find("request.response_time").orElseThrow().values().count() / 20.0;
  }

  @Test
  void throughputIsFlatDownToTheWorkingSetAndThenBends() {
    double twice = perSecond(run(working(VmSpec.named("vm"), 2).build()));
    double exactly = perSecond(run(working(VmSpec.named("vm"), 1).build()));
    double ninety = perSecond(run(working(VmSpec.named("vm"), 0.9).build()));
    double half = perSecond(run(working(VmSpec.named("vm"), 0.5).build()));

    assertThat(twice).isBetween(990.0, 1000.0);
    assertThat(exactly).isEqualTo(twice);
    // 100 pages a millisecond, a tenth of them read in 150 us each: 1 ms + 10 x 150 us.
    assertThat(ninety).isBetween(395.0, 405.0);
    assertThat(half).isBetween(116.0, 119.0);
  }

  @Test
  void theSwapIsOnTheFirstDiskAndGoesThroughDom0() {
    Pool enough = run(working(Scenes.vm("vm"), 1).build());
    Pool half = run(working(Scenes.vm("vm"), 0.5).build());

    assertThat(enough.metrics().find("vbd.read_latency").orElseThrow().values().count()).isZero();
    assertThat(enough.metrics().find("vm.swap_reads").orElseThrow().values().max()).isZero();
    MetricSeries.Values reads = half.metrics().find("vbd.read_latency").orElseThrow().values();
    double latency = reads.mean();
    // 50 reads one after the other for each millisecond of work.
    assertThat(perSecond(half))
        .isBetween(0.97e9 / (MILLI + 50 * latency), 1.03e9 / (MILLI + 50 * latency));
    assertThat(half.metrics().find("vm.swap_reads").orElseThrow().values().mean())
        .isBetween(0.97 * 50 * perSecond(half), 1.03 * 50 * perSecond(half));
    assertThat(half.host("host-1").diskCpuNanos())
        .isGreaterThan(100 * enough.host("host-1").diskCpuNanos());
  }

  @Test
  void aVmThatDiesWhilePagingLeavesNothingBehind() {
    VmSpec vm = working(Scenes.vm("vm"), 0.5).boot(new BootSpec(100_000_000, 10, 4096)).build();
    Pool pool = Scenes.assemble(Scenes.pool(List.of(Scenes.host("host-1", 8)), List.of(vm)), 20);
    pool.simulator().runUntil(3 * Scenes.SECOND);
    pool.vm("vm").crash("crashed");
    pool.vm("vm").start();
    Scenes.runAudited(pool, 20);
    assertThat(pool.vm("vm").state()).isEqualTo(VmState.RUNNING);
    assertThat(pool.vm("vm").guest().faults()).isPositive();
  }
}
