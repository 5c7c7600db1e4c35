// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/** One hardware thread: what it runs, its slice timer and its accounting. */
final class Pcpu extends PcpuDeadline {
  final int socketNumber;
  final CpuMask core;
  final CpuMask socket;

  /** The end of the slice; {@code null} where the pCPU has a deadline. */
  final PcpuTimer sliceTimer;

  /** A request under way; {@code null} where the pCPU has a deadline. */
  final HostTimer ipi;

  /** The hardware threads where a pCPU of the schedulers is several; otherwise {@code null}. */
  final ResourceThreads threads;

  CpuPool pool;
  Scheduler scheduler;
  SchedUnit idle;
  long idleSinceNanos;
  long idleNanos;
  long switches;

  /** Clock of the pCPU relative to the one that work is measured in. */
  double frequency = 1;

  Pcpu(SchedHost host, int number) {
    super(number);
    int size = host.topology().pcpus();
    int threads = host.topology().threadsPerCore();
    int perSocket = threads * host.topology().coresPerSocket();
    this.socketNumber = number / perSocket;
    this.core = range(size, number / threads * threads, threads);
    this.socket = range(size, socketNumber * perSocket, perSocket);
    this.sliceTimer = host.deadlines() == null ? new SliceTimer(host, this) : null;
    this.ipi = host.deadlines() == null ? new Request(host, this) : null;
    this.idleSinceNanos = host.simulator().nowNanos();
    this.threads = host.width() == 1 ? null : new ResourceThreads(host, number, host.width());
  }

  /** A slice begins; a negative one has no end. */
  void setSlice(long nanos, long now) {
    if (nanos < 0) {
      sliceTimer.stop();
    } else {
      sliceTimer.set(now + nanos);
    }
  }

  private static CpuMask range(int size, int from, int count) {
    CpuMask mask = new CpuMask(size);
    for (int cpu = from; cpu < from + count; cpu++) {
      mask.set(cpu);
    }
    return mask;
  }

  /**
   * The slice timer and an arriving request do the same: they raise the schedule softirq, which
   * follows at once, as their own pCPU executes and nothing else is pending when they fire.
   */
  private static final class SliceTimer extends PcpuTimer {
    SliceTimer(SchedHost host, Pcpu pcpu) {
      super(host, pcpu);
    }

    @Override
    protected void handle() {
      host.schedule(pcpu);
    }
  }

  private static final class Request extends HostTimer {
    private final Pcpu pcpu;

    Request(SchedHost host, Pcpu pcpu) {
      super(host);
      this.pcpu = pcpu;
    }

    @Override
    protected void fire() {
      host.begin(pcpu.number);
      host.schedule(pcpu);
      host.end();
    }
  }
}
