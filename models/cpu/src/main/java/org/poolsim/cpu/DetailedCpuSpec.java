// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import java.util.List;
import java.util.Objects;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulingGranularity;
import org.poolsim.cpu.sched.TimingParameters;

/**
 * What only the detailed fidelity of a host looks at.
 *
 * @param scheduling the parameters of its schedulers
 * @param granularity what a scheduling decision is made for ({@code sched-gran})
 * @param timing timers, reschedule requests and switches; its SMT throughput is overridden by
 *     {@link HostCpuSpec#smtThroughput}
 * @param speeds clock of each pCPU relative to the host's nominal one, above 0; pCPUs beyond the
 *     list run at 1
 */
public record DetailedCpuSpec(
    SchedulerParameters scheduling,
    SchedulingGranularity granularity,
    TimingParameters timing,
    List<Double> speeds) {
  /** The defaults of the Xen source and of real hardware. */
  public static final DetailedCpuSpec DEFAULT =
      new DetailedCpuSpec(
          SchedulerParameters.defaults(),
          SchedulingGranularity.CPU,
          TimingParameters.realistic(1),
          List.of());

  /** Checks the speeds. */
  public DetailedCpuSpec {
    Objects.requireNonNull(scheduling, "scheduling");
    Objects.requireNonNull(granularity, "granularity");
    Objects.requireNonNull(timing, "timing");
    for (double speed : speeds) {
      if (!(speed > 0)) {
        throw new IllegalArgumentException("the speed of a pCPU must be above 0, not " + speed);
      }
    }
    speeds = List.copyOf(speeds);
  }
}
