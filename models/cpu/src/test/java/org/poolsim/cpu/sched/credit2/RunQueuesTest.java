// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    "1, 8, 1, 4, SOCKET, false",
    "1, 18, 1, 4, SOCKET, true",
  })
  void severalQueues(
      int sockets,
      int cores,
      int threads,
      int pcpus,
      RunqueueArrangement arrangement,
      boolean several) {
    RunQueues queues = queues(new CpuTopology(sockets, cores, threads), pcpus, arrangement);
    assertThat(queues.canBeSeveral()).isEqualTo(several);
    for (int cpu = 0; cpu < pcpus; cpu++) {
      queues.join(cpu);
    }
    if (pcpus == sockets * cores * threads) {
      assertThat(queues.count() > 1).isEqualTo(several);
    }
  }

  /** The pCPUs per queue, as the real source arranges them. */
  @ParameterizedTest
  @CsvSource({
    "1, 16, 1, 16",
    "1, 17, 1, 8 8 1",
    "2, 3, 3, 9 9",
    "2, 18, 1, 12 6 12 6",
    "1, 10, 2, 10 10",
    "1, 9, 2, 8 8 2",
    "1, 5, 4, 8 8 4",
    "1, 20, 2, 12 12 12 4",
    "2, 12, 2, 16 8 16 8",
    "1, 16, 4, 16 16 16 16",
  })
  void threadsOfACoreStayTogether(int sockets, int cores, int threads, String sizes) {
    CpuTopology topology = new CpuTopology(sockets, cores, threads);
    RunQueues queues = queues(topology, topology.pcpus(), RunqueueArrangement.SOCKET);
    for (int cpu = 0; cpu < topology.pcpus(); cpu++) {
      queues.join(cpu);
    }
    assertThat(
            IntStream.range(0, queues.count())
                .mapToObj(i -> Integer.toString(queues.get(i).pcpuCount))
                .collect(Collectors.joining(" ")))
        .isEqualTo(sizes);
  }

  private static RunQueues queues(
      CpuTopology topology, int pcpus, RunqueueArrangement arrangement) {
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
            topology,
            TimingParameters.exact(),
            new RandomStreams(1).stream("timing"));
    BitSet members = new BitSet();
    members.set(0, pcpus);
    CpuPool pool = host.createPool(members, Schedulers.named("credit2"), parameters);
    return new RunQueues(pool, parameters);
  }
}
