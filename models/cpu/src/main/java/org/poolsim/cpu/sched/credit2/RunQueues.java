// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedulerParameters;

/**
 * The run queues of a pool, and which pCPUs share them (fact: {@code cpu_add_to_runqueue}). They
 * are in the order of their numbers; a new one takes the lowest that is free.
 */
final class RunQueues {
  private final List<RunQueue> queues = new ArrayList<>();
  private final RunQueue[] ofPcpu;
  private final CpuPool pool;
  private final SchedulerParameters.RunqueueArrangement arrangement;
  private final int mostPcpus;

  /** Each pCPU by itself, where each has a queue of its own; otherwise {@code null}. */
  private final CpuMask[] alone;

  RunQueues(CpuPool pool, SchedulerParameters parameters) {
    this.pool = pool;
    this.arrangement = parameters.credit2Runqueue();
    // The host's threads, not the pool's: that many are to be spread over queues in the source.
    int online = pool.host().hardware().pcpus();
    int least = (online - 1) / parameters.credit2MaxPcpusPerRunqueue() + 1;
    this.mostPcpus = online / least;
    int size = pool.topology().pcpus();
    this.ofPcpu = new RunQueue[size];
    this.alone =
        arrangement == SchedulerParameters.RunqueueArrangement.CPU ? new CpuMask[size] : null;
    for (int cpu = 0; alone != null && cpu < size; cpu++) {
      alone[cpu] = new CpuMask(size);
      alone[cpu].set(cpu);
    }
  }

  /**
   * Returns the threads of a pCPU's core that share its queue: those of the pool, or it alone where
   * each has its own. Not to be changed.
   */
  CpuMask siblings(int cpu) {
    return alone == null ? pool.coreOf(cpu) : alone[cpu];
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
      if (!suits(queue, cpu)) {
        continue;
      }
      if (queue.pcpus.intersects(pool.coreOf(cpu))) {
        found = queue;
        break;
      }
      if (hasRoom(queue) && (found == null || queue.pcpuCount < found.pcpuCount)) {
        found = queue;
      }
    }
    if (found == null) {
      int number = 0;
      while (number < queues.size() && queues.get(number).number == number) {
        number++;
      }
      found = new RunQueue(pool, number, cpu);
      queues.add(number, found);
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
    } else if (left.pickBias == cpu) {
      left.pickBias = left.pcpus.first();
    }
  }

  /**
   * Returns whether another pCPU may join. Where threads are scheduled by themselves there must be
   * room for all threads of its core, and for those of the cores that are there.
   */
  private boolean hasRoom(RunQueue queue) {
    if (queue.pcpuCount >= mostPcpus) {
      return false;
    }
    int threads = pool.topology().threadsPerCore();
    if (threads == 1 || arrangement == SchedulerParameters.RunqueueArrangement.ALL) {
      return true;
    }
    int cores = 1;
    int cpu = queue.pcpus.first();
    while (cpu >= 0) {
      cores++;
      cpu = queue.pcpus.next((cpu / threads + 1) * threads);
    }
    return cores * threads <= mostPcpus;
  }

  /**
   * Returns whether a pCPU may be on a queue by the topology. As in the source it is compared with
   * the one that a unit was placed on last, which a soft affinity can make one of another queue.
   */
  private boolean suits(RunQueue queue, int cpu) {
    int threads = pool.topology().threadsPerCore();
    return switch (arrangement) {
      case CPU -> false;
      case CORE -> queue.pickBias / threads == cpu / threads;
      case SOCKET, NODE -> pool.socketNumber(queue.pickBias) == pool.socketNumber(cpu);
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
