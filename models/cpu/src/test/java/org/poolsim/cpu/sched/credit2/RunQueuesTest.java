// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerParameters.RunqueueArrangement;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.SchedulingGranularity;
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
    "1, 20, 1, 10, SOCKET, true",
  })
  void severalQueues(
      int sockets,
      int cores,
      int threads,
      int pcpus,
      RunqueueArrangement arrangement,
      boolean several) {
    SchedHost host = host(sockets, cores, threads, SchedulingGranularity.CPU);
    SchedulerParameters parameters = SchedulerParameters.defaults().with(arrangement);
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

  /**
   * The pCPUs of each queue as the source's rule has them: at most {@code online / ((online - 1) /
   * 16 + 1)} of the host's threads on a queue, whole cores together, the emptiest queue first.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 18, 1, CPU, SOCKET, 9 9",
    "1, 16, 1, CPU, SOCKET, 16",
    "1, 17, 1, CPU, SOCKET, 8 8 1",
    "2, 3, 3, CPU, SOCKET, 9 9",
    "2, 18, 1, CPU, SOCKET, 12 6 12 6",
    "1, 10, 2, CPU, SOCKET, 10 10",
    "1, 9, 2, CPU, SOCKET, 8 8 2",
    "1, 5, 4, CPU, SOCKET, 8 8 4",
    "2, 12, 2, CPU, SOCKET, 16 8 16 8",
    "1, 16, 4, CPU, SOCKET, 16 16 16 16",
    "1, 20, 2, CPU, SOCKET, 12 12 12 4",
    "2, 10, 2, CPU, SOCKET, 12 8 12 8",
    "1, 11, 2, CPU, SOCKET, 10 10 2",
    "1, 11, 2, CPU, ALL, 12 10",
    "1, 11, 2, CPU, CORE, 2 2 2 2 2 2 2 2 2 2 2",
    "1, 24, 2, CORE, SOCKET, 16 8",
    "1, 16, 2, CORE, SOCKET, 16",
  })
  void sizes(
      int sockets,
      int cores,
      int threads,
      SchedulingGranularity granularity,
      RunqueueArrangement arrangement,
      String expected) {
    SchedHost host = host(sockets, cores, threads, granularity);
    SchedulerParameters parameters = SchedulerParameters.defaults().with(arrangement);
    CpuPool pool = host.createPool(null, Schedulers.named("credit2"), parameters);
    RunQueues queues = new RunQueues(pool, parameters);
    for (int cpu = 0; cpu < host.topology().pcpus(); cpu++) {
      queues.join(cpu);
    }
    StringJoiner sizes = new StringJoiner(" ");
    for (int i = 0; i < queues.count(); i++) {
      sizes.add(Integer.toString(queues.get(i).pcpuCount));
    }
    assertThat(sizes).hasToString(expected);
  }

  @Test
  void aQueueThatIsDissolvedLeavesItsPlaceToTheNextNewOne() {
    SchedHost host = host(3, 2, 1, SchedulingGranularity.CPU);
    SchedulerParameters parameters =
        SchedulerParameters.defaults().with(RunqueueArrangement.SOCKET);
    CpuPool pool = host.createPool(null, Schedulers.named("credit2"), parameters);
    RunQueues queues = new RunQueues(pool, parameters);
    for (int cpu = 0; cpu < 6; cpu++) {
      queues.join(cpu);
    }
    RunQueue first = queues.of(0);
    queues.leave(0);
    assertThat(first.pickBias).isEqualTo(1);
    queues.leave(2);
    queues.leave(3);
    assertThat(queues.count()).isEqualTo(2);
    assertThat(queues.join(3)).isSameAs(queues.get(1)).isNotSameAs(queues.of(4));
    assertThat(queues.join(0)).isSameAs(first).isSameAs(queues.get(0));
    assertThat(first.pickBias).isEqualTo(1);
  }

  private static SchedHost host(
      int sockets, int cores, int threads, SchedulingGranularity granularity) {
    return new SchedHost(
        new Simulator(),
        new CpuTopology(sockets, cores, threads),
        granularity,
        TimingParameters.exact(),
        new RandomStreams(1).stream("timing"));
  }
}
