// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/** The load of a unit that moves to a pool of credit2 decays from the time of the call. */
class MovedLoadTest {
  private final Simulator simulator = new Simulator();
  private final SchedHost host =
      new SchedHost(
          simulator,
          CpuTopology.flat(4),
          TimingParameters.jittered(),
          new RandomStreams(1).stream("timing"));

  private CpuPool pool(String scheduler, int first) {
    BitSet members = new BitSet();
    members.set(first, first + 2);
    return host.createPool(members, Schedulers.named(scheduler), SchedulerParameters.defaults());
  }

  @Test
  void loadIsOfTheTimeOfTheCall() {
    CpuPool from = pool("credit", 0);
    CpuPool to = pool("credit2", 2);
    SchedDomain domain = host.createDomain(from, 1, 2);
    BitSet second = new BitSet();
    second.set(1);
    domain.vcpu(0).setAffinity(second, null);
    new Hog(domain.vcpu(0)).start();
    long grain = 1L << LoadAverage.GRANULARITY_SHIFT;
    long call = 10_000_000 / grain * grain + grain - 1 - from.systemTime(0) % grain;
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            domain.moveTo(to);
            assertThat(domain.pool()).as("until the running vCPU has left").isSameAs(from);
          }
        },
        call);
    simulator.runUntil(20_000_000);
    assertThat(domain.pool()).isSameAs(to);
    assertThat(((Credit2Unit) domain.vcpu(1).unit()).loadUpdated)
        .isEqualTo(to.systemTime(call) >> LoadAverage.GRANULARITY_SHIFT);
  }
}
