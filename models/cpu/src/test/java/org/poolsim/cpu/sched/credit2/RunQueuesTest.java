// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerParameters.RunqueueArrangement;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

class RunQueuesTest {
  /** Where it is said that there is one queue at most, loads are not tracked. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, 1, 8, SOCKET, false",
    "1, 16, 1, 16, SOCKET, false",
    "1, 17, 1, 17, SOCKET, true",
    "1, 4, 2, 8, NODE, false",
    "1, 4, 2, 8, CORE, true",
    "1, 1, 2, 2, CORE, false",
    "1, 1, 2, 2, CPU, true",
    "1, 1, 1, 1, CPU, false",
    "2, 4, 1, 8, SOCKET, true",
    "2, 4, 1, 8, ALL, false",
    "2, 16, 1, 32, ALL, true",
    "1, 8, 1, 4, SOCKET, true",
  })
  void severalQueues(
      int sockets,
      int cores,
      int threads,
      int pcpus,
      RunqueueArrangement arrangement,
      boolean several) {
    SchedulerParameters defaults = SchedulerParameters.defaults();
    SchedulerParameters parameters =
        new SchedulerParameters(
            defaults.ratelimitNanos(),
            defaults.creditTsliceNanos(),
            defaults.creditMigrationDelayNanos(),
            defaults.creditLoadBalanceNanos(),
            defaults.creditTickleOneIdle(),
            defaults.smtPowerSavings(),
            defaults.credit2MigrateResistNanos(),
            defaults.credit2CapPeriodNanos(),
            arrangement,
            defaults.credit2MaxPcpusPerRunqueue(),
            defaults.credit2LoadWindowShift(),
            defaults.credit2UnderloadToleranceShift(),
            defaults.credit2OverloadToleranceShift());
    SchedHost host =
        new SchedHost(
            new Simulator(),
            new CpuTopology(sockets, cores, threads),
            TimingParameters.exact(),
            new RandomStreams(1).stream("timing"));
    BitSet members = new BitSet();
    members.set(0, pcpus);
    CpuPool pool = host.createPool(members, Schedulers.named("credit2"), parameters);
    RunQueues queues = new RunQueues(pool, parameters);
    assertThat(queues.canBeSeveral()).isEqualTo(several);
    for (int cpu = 0; cpu < pcpus; cpu++) {
      queues.join(cpu);
    }
    if (pcpus == host.topology().pcpus()) {
      assertThat(queues.count() > 1).isEqualTo(several);
    }
  }
}
