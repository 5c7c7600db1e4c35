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

  /** The hardware threads where a pCPU of the schedulers is several; otherwise {@code null}. */
  final ResourceThreads threads;

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
    this.idleSinceNanos = host.simulator().nowNanos();
    this.threads = host.width() == 1 ? null : new ResourceThreads(host, number, host.width());
  }

  private static CpuMask range(int size, int from, int count) {
    CpuMask mask = new CpuMask(size);
    for (int cpu = from; cpu < from + count; cpu++) {
      mask.set(cpu);
    }
    return mask;
  }

  long idleNanos(long now) {
    return current == null || current.isIdle() ? idleNanos + now - idleSinceNanos : idleNanos;
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
