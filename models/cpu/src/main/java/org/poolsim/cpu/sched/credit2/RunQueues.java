// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedulerParameters;

/** The run queues of a pool in order of creation, and which pCPUs share them. */
final class RunQueues {
  private final List<RunQueue> queues = new ArrayList<>();
  private final RunQueue[] ofPcpu;
  private final CpuPool pool;
  private final SchedulerParameters.RunqueueArrangement arrangement;
  private final int mostPcpus;
  private final CpuMask scratch;

  RunQueues(CpuPool pool, SchedulerParameters parameters) {
    this.pool = pool;
    this.arrangement = parameters.credit2Runqueue();
    // The source counts the pCPUs of the whole host, not those of the pool.
    int online = pool.host().hardware().pcpus();
    int least = (online - 1) / parameters.credit2MaxPcpusPerRunqueue() + 1;
    this.mostPcpus = online / least;
    this.ofPcpu = new RunQueue[pool.topology().pcpus()];
    this.scratch = new CpuMask(ofPcpu.length);
  }

  /** Returns whether the pCPUs that the pool has, or can ever get, may be on several queues. */
  boolean canBeSeveral() {
    CpuTopology host = pool.topology();
    boolean apart =
        switch (arrangement) {
          case CPU -> host.pcpus() > 1;
          case CORE -> host.pcpus() > host.threadsPerCore();
          case SOCKET, NODE -> host.sockets() > 1;
          case ALL -> false;
        };
    return apart || host.pcpus() > mostPcpus;
  }

  /** Assigns a pCPU that comes up to the least populated queue that suits it, or a new one. */
  RunQueue join(int cpu) {
    RunQueue found = null;
    for (RunQueue queue : queues) {
      if (queue.pcpus.intersects(pool.coreOf(cpu))
          && arrangement != SchedulerParameters.RunqueueArrangement.CPU) {
        found = queue;
        break;
      }
      if (suits(queue, cpu)
          && hasRoom(queue)
          && (found == null || queue.pcpuCount < found.pcpuCount)) {
        found = queue;
      }
    }
    if (found == null) {
      found = new RunQueue(pool, cpu);
      queues.add(found);
    }
    found.pcpus.set(cpu);
    found.idle.set(cpu);
    found.idleCores.set(cpu);
    found.pcpuCount++;
    ofPcpu[cpu] = found;
    return found;
  }

  /** A pCPU has left the pool; a queue without any is dissolved. */
  void leave(int cpu) {
    RunQueue left = ofPcpu[cpu];
    left.closeFor(cpu);
    ofPcpu[cpu] = null;
    if (--left.pcpuCount == 0) {
      queues.remove(left);
    }
  }

  /** The threads of a core stay together: unless all share a queue, it is to have room for them. */
  private boolean hasRoom(RunQueue queue) {
    if (queue.pcpuCount >= mostPcpus) {
      return false;
    }
    if (arrangement == SchedulerParameters.RunqueueArrangement.ALL) {
      return true;
    }
    int cores = 1;
    for (int cpu = queue.pcpus.first(); cpu >= 0; cpu = queue.pcpus.next(cpu + 1)) {
      scratch.and(queue.pcpus, pool.coreOf(cpu));
      if (scratch.first() == cpu) {
        cores++;
      }
    }
    return cores * pool.topology().threadsPerCore() <= mostPcpus;
  }

  private boolean suits(RunQueue queue, int cpu) {
    return switch (arrangement) {
      case CPU -> false;
      case CORE -> queue.pcpus.intersects(pool.coreOf(cpu));
      case SOCKET, NODE -> queue.pcpus.intersects(pool.socketOf(cpu));
      case ALL -> true;
    };
  }

  RunQueue of(int cpu) {
    return ofPcpu[cpu];
  }

  int count() {
    return queues.size();
  }

  RunQueue get(int index) {
    return queues.get(index);
  }
}
