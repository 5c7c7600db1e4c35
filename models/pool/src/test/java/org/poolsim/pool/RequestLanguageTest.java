// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.MILLI;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.RequestSpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkloadSpec;

class RequestLanguageTest {
  private static final HostSpec HOST = Scenes.host("host-1", 16);

  /** Runs one client of a 4-vCPU VM; returns the response times. */
  private static MetricSeries.Values responses(StepSpec... steps) {
    VmSpec vm =
        Scenes.vm("vm").vcpus(4).workloads(Scenes.closed("request", 1, SECOND, steps)).build();
    return Scenes.run(Scenes.pool(List.of(HOST), List.of(vm)), 200)
        .metrics()
        .responseTime()
        .values();
  }

  @Test
  void stepsFollowEachOther() {
    MetricSeries.Values values =
        responses(Steps.exactCpu(20 * MILLI), Steps.think(30 * MILLI), Steps.exactCpu(5 * MILLI));

    assertThat(values.count()).isGreaterThan(100);
    assertThat(values.min()).isCloseTo(55 * MILLI, within(10.0));
    assertThat(values.max()).isCloseTo(55 * MILLI, within(10.0));
  }

  @Test
  void parallelStepTakesAsLongAsItsLongestBranch() {
    MetricSeries.Values values =
        responses(
            Steps.parallel(
                List.of(
                    List.of(Steps.exactCpu(20 * MILLI)),
                    List.of(Steps.think(10 * MILLI), Steps.think(30 * MILLI)),
                    List.of(Steps.exactCpu(35 * MILLI)))),
            Steps.think(MILLI));

    assertThat(values.max()).isCloseTo(41 * MILLI, within(10.0));
  }

  @Test
  void repeatTakesItsStepsSeveralTimesEvenNested() {
    MetricSeries.Values values =
        responses(Steps.repeat(3, Steps.repeat(4, Steps.think(MILLI)), Steps.think(2 * MILLI)));

    assertThat(values.min()).isEqualTo(18 * MILLI);
    assertThat(values.max()).isEqualTo(18 * MILLI);
  }

  @Test
  void unloadedReadTakesDom0AndDeviceAndFabric() {
    MetricSeries.Values values = responses(Scenes.read(4096));

    // Issue 19.5 us, device 130 us and 4096 B at 540 MB/s, two ways over the fabric, completion
    // 5.25 us; the links
    // take a few microseconds more.
    double least = 19_500 + 130_000 + 4096 / 0.54 + 24_000 + 5_250;
    assertThat(values.min()).isBetween(least, least + 10_000);
  }

  @Test
  void unloadedMessageTakesNetbackAndWire() {
    // 64 KiB: 1.1 + 0.35 + 7.9 us of dom0, 55.7 us on the wire, 20 us to the other end.
    assertThat(responses(Steps.send(65_536)).mean())
        .isCloseTo(9_350 + 55_687 + 20_000, within(100.0));
    assertThat(responses(Steps.receive(65_536)).mean())
        .isCloseTo(16_350 + 55_687 + 20_000, within(100.0));
  }

  @Test
  void stepsTellTheirTimes() {
    VmSpec vm =
        Scenes.vm("vm")
            .workloads(
                Scenes.closed(
                    "request",
                    1,
                    SECOND,
                    Steps.exactCpu(3 * MILLI),
                    Steps.send(65_536),
                    Steps.receive(65_536)))
            .build();
    Metrics metrics = Scenes.run(Scenes.pool(List.of(HOST), List.of(vm)), 100).metrics();

    assertThat(metrics.get(MetricDefinition.CPU_TIME).values().mean())
        .isCloseTo(3 * MILLI, within(10.0));
    assertThat(metrics.get(MetricDefinition.SEND_TIME).values().count()).isPositive();
    assertThat(
            metrics.get(MetricDefinition.CPU_TIME).values().mean()
                + metrics.get(MetricDefinition.SEND_TIME).values().mean()
                + metrics.get(MetricDefinition.RECEIVE_TIME).values().mean())
        .isCloseTo(metrics.responseTime().values().mean(), within(10.0));
  }

  @Test
  void requestTypesAreTakenByWeight() {
    WorkloadSpec mix =
        new WorkloadSpec.Requests(
            "mix",
            new LoadSpec.Closed(1, Distribution.exponential(100 * MILLI)),
            List.of(
                new RequestSpec("short", 3, List.of(Steps.think(MILLI))),
                new RequestSpec("long", 1, List.of(Steps.think(9 * MILLI)))));
    Pool pool =
        Scenes.run(
            Scenes.pool(List.of(HOST), List.of(Scenes.vm("vm").workloads(mix).build())), 1000);

    assertThat(pool.metrics().responseTime().values().mean())
        .isCloseTo(3 * MILLI, within(0.2 * MILLI));
    assertThat(pool.metrics().find("request.response_time.mix")).isPresent();
  }

  @Test
  void openTraceFollowsItsRate() {
    WorkloadSpec load =
        new WorkloadSpec.Requests(
            "page",
            new LoadSpec.OpenTrace(
                new TimeSeries(
                    new long[] {0, 100 * SECOND, 200 * SECOND}, new double[] {10, 0, 30}),
                2,
                1000),
            List.of(new RequestSpec("page", Steps.think(MILLI))));
    Pool pool =
        Scenes.assemble(
            Scenes.pool(List.of(HOST), List.of(Scenes.vm("vm").workloads(load).build())), 600);

    pool.simulator().runUntil(100 * SECOND);
    long first = pool.metrics().responseTime().values().count();
    pool.simulator().runUntil(200 * SECOND);
    long second = pool.metrics().responseTime().values().count() - first;
    pool.simulator().runUntil(300 * SECOND);
    long third = pool.metrics().responseTime().values().count() - first - second;

    assertThat((double) first).isCloseTo(2000, within(200.0));
    assertThat(second).isLessThan(2);
    assertThat((double) third).isCloseTo(6000, within(350.0));
    pool.simulator().runUntil(400 * SECOND);
    assertThat((double) (pool.metrics().responseTime().values().count() - first - second - third))
        .isCloseTo(2000, within(200.0));
  }

  @Test
  void openLoadTurnsAwayWhatIsTooMuch() {
    WorkloadSpec load =
        new WorkloadSpec.Requests(
            "page",
            new LoadSpec.Open(Distribution.constant(MILLI), 5),
            List.of(new RequestSpec("page", Steps.think(10 * MILLI))));
    Pool pool =
        Scenes.run(
            Scenes.pool(List.of(HOST), List.of(Scenes.vm("vm").workloads(load).build())), 10);

    // Five at a time, 10 ms each: half of a thousand per second.
    assertThat(pool.metrics().responseTime().values().count()).isBetween(4990L, 5000L);
    assertThat(pool.metrics().refusedRequests()).isBetween(4990L, 5010L);
  }

  @Test
  void referenceClockScalesCpuTimes() {
    VmSpec vm =
        Scenes.vm("vm")
            .workloads(Scenes.closed("request", 1, SECOND, Steps.exactCpu(10 * MILLI)))
            .build();
    var spec = Scenes.pool(List.of(HOST), List.of(vm));
    var scaled =
        new org.poolsim.pool.spec.PoolSpec(
            spec.name(),
            spec.uuid(),
            5_000_000_000L,
            spec.hosts(),
            spec.networkBackend(),
            spec.networks(),
            spec.arrays(),
            spec.srs(),
            spec.vdis(),
            spec.ha(),
            spec.vms(),
            spec.startCosts());

    assertThat(Scenes.run(scaled, 100).metrics().responseTime().values().mean())
        .isCloseTo(20 * MILLI, within(10.0));
  }

  @Test
  void stepOnMissingDeviceIsRefusedWithItsName() {
    VmSpec vm =
        VmSpec.named("bare")
            .workloads(Scenes.closed("request", 1, SECOND, Scenes.read(4096)))
            .build();

    assertThatThrownBy(() -> Scenes.run(Scenes.pool(List.of(HOST), List.of(vm)), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("VM bare has a workload that uses a disk and has no disk");
  }
}
