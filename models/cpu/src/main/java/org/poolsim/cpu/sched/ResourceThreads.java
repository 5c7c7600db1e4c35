// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.Arrays;

/**
 * The hardware threads that are scheduled together where the granularity is core or socket: each
 * runs the vCPU of its own of the unit that they have, or nothing while that is not runnable. They
 * never run two units at once.
 */
final class ResourceThreads {
  private final SchedHost host;
  private final int first;
  private final int threadsPerCore;
  private final Vcpu[] running;
  private final boolean[] fresh;
  private final long[] idleNanos;
  private final long[] idleSinceNanos;
  private final long[] switches;
  private final double[] frequency;

  ResourceThreads(SchedHost host, int resource, int width) {
    this.host = host;
    this.first = resource * width;
    this.threadsPerCore = host.hardware().threadsPerCore();
    this.running = new Vcpu[width];
    this.fresh = new boolean[width];
    this.idleNanos = new long[width];
    this.idleSinceNanos = new long[width];
    this.switches = new long[width];
    this.frequency = new double[width];
    Arrays.fill(frequency, 1);
    Arrays.fill(idleSinceNanos, host.simulator().nowNanos());
  }

  /** Gives the threads to a unit, to its runnable vCPUs; to nobody if it is an idle unit. */
  void run(SchedUnit unit, long now) {
    for (int i = 0; i < running.length; i++) {
      replace(i, wanted(unit, i), now);
    }
    begin(now);
  }

  /** Gives the thread of a vCPU to it, or to nobody if it is not runnable; its unit runs. */
  void run(Vcpu member, long now) {
    int i = member.id() % running.length;
    replace(i, member.flags() == 0 ? member : null, now);
    begin(now);
  }

  private void replace(int i, Vcpu in, long now) {
    Vcpu out = running[i];
    if (out == in) {
      return;
    }
    if (out == null) {
      idleNanos[i] += now - idleSinceNanos[i];
    } else {
      out.switchOut(now);
    }
    if (in == null) {
      idleSinceNanos[i] = now;
    }
    running[i] = in;
    fresh[i] = in != null;
    switches[i]++;
  }

  /** Who has got a thread begins to run; the others may be faster or slower than before. */
  private void begin(long now) {
    for (int i = 0; i < running.length; i++) {
      if (fresh[i]) {
        fresh[i] = false;
        running[i].switchInOn(first + i, speed(i), now);
      } else if (running[i] != null) {
        running[i].setSpeed(speed(i), now);
      }
    }
  }

  long idleNanos(int i, long now) {
    return running[i] == null ? idleNanos[i] + now - idleSinceNanos[i] : idleNanos[i];
  }

  long switches(int i) {
    return switches[i];
  }

  Vcpu running(int i) {
    return running[i];
  }

  void setFrequency(int i, double factor, long now) {
    frequency[i] = factor;
    if (running[i] != null) {
      running[i].setSpeed(speed(i), now);
    }
  }

  private static Vcpu wanted(SchedUnit unit, int i) {
    UnitGroup group = unit.group;
    if (group == null || i >= group.members.length) {
      return null;
    }
    Vcpu member = group.members[i];
    // What is to migrate since it was chosen is switched in first, as new_state in the source.
    return (member.flags() & ~SchedUnit.MIGRATING) == 0 ? member : null;
  }

  private double speed(int i) {
    int busy = 0;
    int core = i / threadsPerCore;
    for (int other = core * threadsPerCore; other < (core + 1) * threadsPerCore; other++) {
      busy += running[other] != null ? 1 : 0;
    }
    return frequency[i] * host.sharedSpeed(busy);
  }
}
