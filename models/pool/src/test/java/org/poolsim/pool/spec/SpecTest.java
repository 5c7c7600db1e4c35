// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.random.Distribution;
import org.poolsim.memory.Dom0Sizing;

class SpecTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /**
   * Examples of the installer's rule: 16 GiB gives 1856 MiB, 64 GiB 4304 MiB, large hosts 8 GiB.
   */
  @Test
  void installerSizesDom0() {
    assertThat(Dom0Spec.installed(Dom0Sizing.CURRENT, 8, 16 * GIB))
        .isEqualTo(new Dom0Spec(4, 1856 * MIB, 256));
    assertThat(Dom0Spec.installed(Dom0Sizing.CURRENT, 64, 64 * GIB))
        .isEqualTo(new Dom0Spec(16, 4304 * MIB, 256));
    assertThat(Dom0Spec.installed(Dom0Sizing.CURRENT, 64, 512 * GIB))
        .isEqualTo(new Dom0Spec(16, 8192 * MIB, 256));
    assertThat(Dom0Spec.installed(Dom0Sizing.CURRENT, 64, 40 * GIB).vcpus()).isEqualTo(8);
  }

  @Test
  void rangesAreChecked() {
    refused(() -> new CpuSpec(0, 1, 1, 1), "sockets is 0; expected 1 to 64");
    refused(() -> new MemorySpec(2, 1, 4, 4), "expected static_min <= dynamic_min");
    refused(() -> new VlanSpec("eth0", 4095, "n"), "VLAN tag on eth0 is 4095; expected 0 to 4094");
    refused(
        () -> new WorkloadSpec.Constant("w", 0, 1.1),
        "level of workload w is 1.1; expected 0.0 to 1.0");
    refused(() -> new WorkloadSpec.Constant(" ", 0, 1), "the name of a workload is empty");
    refused(() -> new StepSpec.Parallel(List.of()), "the branch list of a parallel step is empty");
    refused(() -> new StepSpec.Repeat(0, List.of()), "times of a repeat step is 0");
    refused(() -> new LoadSpec.Closed(0, Distribution.constant(1)), "clients is 0");
    refused(
        () -> VmSpec.named("vm").capPercent(101).build(),
        "cap of VM vm in percent of one pCPU is 101");
    refused(
        () -> VmSpec.named("vm").affinity(List.of(List.of())).build(),
        "a mask in the affinity of VM vm is empty");
    refused(
        () -> new RunSpec(new PoolSpec("p", List.of(host("a"), host("a")), List.of()), 1, 1),
        "two hosts are named a");
    refused(
        () ->
            new ObjectiveSpec(
                "m",
                null,
                ObjectiveSpec.Statistic.MEAN,
                0,
                ObjectiveSpec.Comparison.BELOW,
                Double.NaN),
        "the limit of an objective on m is NaN");
    refused(() -> host("a").with(new Dom0Spec(1, 4 * GIB, 256)), "Xen and dom0 of host a take");
  }

  @Test
  void seriesMustMoveForward() {
    refused(
        () -> new TimeSeries(new long[] {0, 0}, new double[] {1, 1}),
        "time 1 of a series is 0 ns; expected more than");
    refused(() -> new TimeSeries(new long[] {0}, new double[] {-1}), "value 0 of a series is -1.0");
    refused(
        () -> new TimeSeries(new long[0], new double[0]), "a time series has 0 times and 0 values");
    assertThat(new TimeSeries(new long[] {1, 5}, new double[] {2, 3}))
        .isEqualTo(new TimeSeries(new long[] {1, 5}, new double[] {2, 3}));
  }

  /** What the documentation says of the profiles. */
  @Test
  void profilesAreAsDocumented() {
    Profiles profiles = new Profiles();

    assertThat(profiles.names())
        .containsExactly("batch", "database", "idle", "office-desktop", "web");
    refused(() -> profiles.workloads("gaming"), "there is no profile gaming; expected one of");
    WorkloadSpec.Requests desktop =
        (WorkloadSpec.Requests) profiles.workloads("office-desktop").get(1);
    int operations = count(desktop.requests().get(0).steps());
    LoadSpec.Closed user = (LoadSpec.Closed) desktop.load();
    assertThat(operations).isEqualTo(40);
    assertThat(operations / (user.thinkNanos().mean() / 1e9)).isEqualTo(8);
  }

  private static int count(List<StepSpec> steps) {
    int disk = 0;
    for (StepSpec step : steps) {
      if (step instanceof StepSpec.Read || step instanceof StepSpec.Write) {
        disk++;
      } else if (step instanceof StepSpec.Repeat repeat) {
        disk += repeat.times() * count(repeat.steps());
      } else if (step instanceof StepSpec.Parallel parallel) {
        disk += parallel.branches().stream().mapToInt(SpecTest::count).sum();
      }
    }
    return disk;
  }

  private static HostSpec host(String name) {
    return new HostSpec(name, new CpuSpec(1, 4, 1, 2_000_000_000L), 4 * GIB, List.of());
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable making, String message) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
