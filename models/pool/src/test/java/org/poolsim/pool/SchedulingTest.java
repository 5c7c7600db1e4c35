// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.poolsim.cpu.DetailedCpuSpec;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulingGranularity;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.engine.data.DataSources;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.pool.spec.FidelitySpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.RealTimeSpec;
import org.poolsim.pool.spec.RecordSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkloadSpec;

/** What a scenario says of the schedulers reaches them, at the start and during the run. */
class SchedulingTest {
  private static final long MILLISECOND = 1_000_000L;

  private static HostSpec host(
      Fidelity fidelity, int cores, int threads, String scheduler, DetailedCpuSpec detailed) {
    return Scenes.withDom0(
        new HostSpec(
                "host-1",
                new CpuSpec(
                    1,
                    cores,
                    threads,
                    2_500_000_000L,
                    scheduler,
                    CpuSpec.defaultSmtThroughput(threads),
                    detailed),
                64 * Scenes.GIB,
                Scenes.host("any", 1).pifs())
            .with(new FidelitySpec(fidelity, Fidelity.FLUID, Fidelity.FLUID, Fidelity.FLUID)),
        1);
  }

  private static VmSpec.Builder busy(String name) {
    return Scenes.vm(name).workloads(new WorkloadSpec.Constant("busy", 1, 1));
  }

  private static Pool pool(HostSpec host, List<VmSpec> vms, FaultSpec... changes) {
    RunSpec run =
        new RunSpec(
            Scenes.pool(List.of(host), vms),
            11,
            40 * SECOND,
            List.of(changes),
            List.of(),
            SaturationSpec.DEFAULT,
            RecordSpec.DEFAULT);
    return new Pool(run, 0, CpuFactory.AS_SPECIFIED, new DataSources(), PoolObserver.NOBODY);
  }

  private static double ran(Pool pool, String vm) {
    return pool.vm(vm).domain().runningNanos(0) / 1e9;
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void weightCapAndAffinityChangeDuringTheRun(Fidelity fidelity) {
    Pool pool =
        pool(
            // Under credit two VMs pinned to one of two pCPUs share it evenly, whatever their
            // weights:
            // the accounting hands out the credits of both pCPUs.
            host(fidelity, 2, 1, "credit2", DetailedCpuSpec.DEFAULT),
            List.of(
                busy("one").affinity(List.of(List.of(0))).build(),
                busy("two").affinity(List.of(List.of(0))).build()),
            new FaultSpec.VmWeight(10 * SECOND, "one", 768),
            new FaultSpec.VmCap(20 * SECOND, "one", 30),
            new FaultSpec.VmAffinity(30 * SECOND, "two", List.of(List.of(1)), List.of()));
    pool.simulator().runUntil(10 * SECOND);
    double one = ran(pool, "one");
    assertThat(one).isCloseTo(5, within(0.4));
    pool.simulator().runUntil(20 * SECOND);
    assertThat(ran(pool, "one") - one).isCloseTo(7.5, within(0.6));
    one = ran(pool, "one");
    double two = ran(pool, "two");
    pool.simulator().runUntil(30 * SECOND);
    assertThat(ran(pool, "one") - one).isCloseTo(3, within(0.2));
    assertThat(ran(pool, "two") - two).isCloseTo(7, within(0.3));
    two = ran(pool, "two");
    pool.run();
    assertThat(ran(pool, "two") - two).isCloseTo(10, within(0.1));
    pool.audit();
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void pcpusThatTheHostDoesNotHaveAreLeftOutOfAMask(Fidelity fidelity) {
    Pool pool =
        pool(
            host(fidelity, 2, 1, "credit", DetailedCpuSpec.DEFAULT),
            List.of(
                busy("partly")
                    .affinity(List.of(List.of(1, 5)))
                    .softAffinity(List.of(List.of(7)))
                    .build(),
                busy("not").affinity(List.of(List.of(2))).build()),
            new FaultSpec.VmAffinity(10 * SECOND, "partly", List.of(List.of(3, 4)), List.of()));
    pool.run();
    assertThat(ran(pool, "partly")).isCloseTo(40, within(0.1));
    assertThat(pool.vm("not").state()).isEqualTo(VmState.HALTED);
    assertThat(pool.events().stream().map(PoolEvent::text))
        .contains(
            "not not running on host-1: it may run on none of the pCPUs [2] there",
            "partly keeps its affinity on host-1: it may run on none of the pCPUs [3, 4] there");
    pool.audit();
  }

  @Test
  void periodAndBudgetHoldUnderRtds() {
    Pool pool =
        pool(
            host(Fidelity.DETAILED, 1, 1, "rtds", DetailedCpuSpec.DEFAULT),
            List.of(
                busy("slow")
                    .realTime(new RealTimeSpec(20 * MILLISECOND, 2 * MILLISECOND, false))
                    .build(),
                busy("quick")
                    .realTime(new RealTimeSpec(10 * MILLISECOND, 5 * MILLISECOND, false))
                    .build()));
    pool.run();
    assertThat(ran(pool, "slow")).isCloseTo(4, within(0.2));
    assertThat(ran(pool, "quick")).isCloseTo(20, within(0.4));
  }

  @Test
  void theTimesliceAndTheRatelimitOfTheHostAreUsed() {
    SchedulerParameters shorter = SchedulerParameters.defaults().with(MILLISECOND, 5 * MILLISECOND);
    Pool pool =
        pool(
            host(
                Fidelity.DETAILED,
                1,
                1,
                "credit",
                new DetailedCpuSpec(
                    shorter, SchedulingGranularity.CPU, TimingParameters.realistic(1), List.of())),
            List.of(busy("one").build(), busy("two").build()));
    Pool other =
        pool(
            host(Fidelity.DETAILED, 1, 1, "credit", DetailedCpuSpec.DEFAULT),
            List.of(busy("one").build(), busy("two").build()));
    pool.run();
    other.run();
    // Nothing but the time slice differs: shorter turns, shorter waits for the one whose turn it
    // is not.
    assertThat(pool.simulator().eventsFired()).isGreaterThan(2 * other.simulator().eventsFired());
  }

  @Test
  void withGranularityCoreTwoVmsDoNotShareACore() {
    DetailedCpuSpec cores =
        new DetailedCpuSpec(
            SchedulerParameters.defaults(),
            SchedulingGranularity.CORE,
            TimingParameters.realistic(1),
            List.of());
    List<VmSpec> vms = List.of(busy("one").build(), busy("two").build());
    Pool alone = pool(host(Fidelity.DETAILED, 1, 2, "credit", cores), vms);
    Pool shared = pool(host(Fidelity.DETAILED, 1, 2, "credit", DetailedCpuSpec.DEFAULT), vms);
    alone.run();
    shared.run();
    alone.audit();
    assertThat(ran(alone, "one") + ran(alone, "two")).isCloseTo(40, within(0.1));
    assertThat(ran(shared, "one") + ran(shared, "two")).isCloseTo(80, within(0.5));
  }

  @Test
  void aSlowPcpuDoesLessWork() {
    DetailedCpuSpec slow =
        new DetailedCpuSpec(
            SchedulerParameters.defaults(),
            SchedulingGranularity.CPU,
            TimingParameters.realistic(1),
            List.of(0.5));
    VmSpec vm =
        Scenes.vm("vm").workloads(Scenes.closed("jobs", 1, 1, Scenes.cpu(Scenes.MILLI))).build();
    Pool full = pool(host(Fidelity.DETAILED, 1, 1, "credit", DetailedCpuSpec.DEFAULT), List.of(vm));
    Pool half = pool(host(Fidelity.DETAILED, 1, 1, "credit", slow), List.of(vm));
    full.run();
    half.run();
    double fast = full.metrics().find("request.cpu_time").orElseThrow().values().mean();
    double late = half.metrics().find("request.cpu_time").orElseThrow().values().mean();
    assertThat(late / fast).isCloseTo(2, within(0.1));
  }

  @Test
  void wakeToRunIsMeasuredWhereTheCpuIsDetailed() {
    VmSpec vm =
        Scenes.vm("vm")
            .workloads(Scenes.closed("jobs", 1, 5 * Scenes.MILLI, Scenes.cpu(Scenes.MILLI)))
            .build();
    Pool detailed =
        pool(
            host(Fidelity.DETAILED, 1, 1, "credit2", DetailedCpuSpec.DEFAULT),
            List.of(vm, busy("hog").build()));
    detailed.run();
    MetricSeries.Values waits =
        detailed.metrics().find("vm.wake_to_run").orElseThrow().valuesOf("vm");
    assertThat(waits.count()).isGreaterThan(1000);
    assertThat(waits.percentile(99)).isBetween(10_000.0, 12_000_000.0);
    Pool fluid = pool(host(Fidelity.FLUID, 1, 1, "credit2", DetailedCpuSpec.DEFAULT), List.of(vm));
    fluid.run();
    assertThat(fluid.metrics().find("vm.wake_to_run").orElseThrow().values().count()).isZero();
  }
}
