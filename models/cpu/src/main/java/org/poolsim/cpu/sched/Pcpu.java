// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/** One hardware thread: what it runs, its slice timer and its accounting. */
final class Pcpu {
  final int number;
  final int socketNumber;
  final CpuMask core;
  final CpuMask socket;
  final PcpuEvent sliceTimer;
  final PcpuEvent ipi;

  CpuPool pool;
  Scheduler scheduler;
  SchedUnit current;
  SchedUnit idle;
  long idleSinceNanos;
  long idleNanos;
  long switches;

  /** Clock of the pCPU relative to the one that work is measured in. */
  double frequency = 1;

  Pcpu(SchedHost host, int number) {
    this.number = number;
    int size = host.topology().pcpus();
    int threads = host.topology().threadsPerCore();
    int perSocket = threads * host.topology().coresPerSocket();
    this.socketNumber = number / perSocket;
    this.core = range(size, number / threads * threads, threads);
    this.socket = range(size, socketNumber * perSocket, perSocket);
    this.sliceTimer = new Raise(host, number);
    this.ipi = new Raise(host, number);
  }

  private static CpuMask range(int size, int from, int count) {
    CpuMask mask = new CpuMask(size);
    for (int cpu = from; cpu < from + count; cpu++) {
      mask.set(cpu);
    }
    return mask;
  }

  long idleNanos(long now) {
    return current.isIdle() ? idleNanos + now - idleSinceNanos : idleNanos;
  }

  /** The slice timer and an arriving request do the same: they raise the schedule softirq. */
  private static final class Raise extends PcpuEvent {
    private final SchedHost host;
    private final int number;

    Raise(SchedHost host, int number) {
      super(host);
      this.host = host;
      this.number = number;
    }

    @Override
    protected int pcpu() {
      return number;
    }

    @Override
    protected void handle() {
      host.raise(number);
    }
  }
}
