// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/** The work of a vCPU: how much is left, how fast it is done, and the timer of its end. */
final class VcpuWork extends HostTimer {
  /** Work, and the time of its end, of a vCPU that runs for ever. */
  static final long FOREVER = Long.MAX_VALUE;

  private final Vcpu vcpu;
  private VcpuProgram program;

  /** Left at {@link #sinceNanos}, in nanoseconds at full speed. */
  private long leftNanos = FOREVER;

  private long sinceNanos;
  private double speed = 1;
  private long endNanos = FOREVER;

  VcpuWork(SchedHost host, Vcpu vcpu) {
    super(host);
    this.vcpu = vcpu;
  }

  void setProgram(VcpuProgram newProgram) {
    program = newProgram;
  }

  /** Replaces what is left. */
  void set(long nanos) {
    leftNanos = nanos;
    if (vcpu.isRunning()) {
      sinceNanos = Math.max(sinceNanos, host.simulator().nowNanos());
      endChanges();
    }
  }

  long leftNanos(long now) {
    return leftNanos == FOREVER || !vcpu.isRunning() ? leftNanos : leftNanos - done(now);
  }

  /** Returns when the running vCPU will be done. */
  long endNanos() {
    return endNanos;
  }

  private long done(long now) {
    long elapsed = now - sinceNanos;
    if (elapsed <= 0) {
      return 0;
    }
    return speed == 1
        ? Math.min(elapsed, leftNanos)
        : Math.min((long) (elapsed * speed), leftNanos);
  }

  /** The vCPU is on its pCPU, and its work progresses from {@code startNanos} on. */
  void switchIn(long startNanos, double newSpeed) {
    sinceNanos = startNanos;
    speed = newSpeed;
    endNanos = end();
    if (host.deadlines() == null && leftNanos != FOREVER) {
      armPrecisely(endNanos);
    }
  }

  void switchOut(long now) {
    if (leftNanos != FOREVER) {
      leftNanos -= done(now);
      if (host.deadlines() == null) {
        disarm();
      }
    }
  }

  void setSpeed(double newSpeed, long now) {
    if (newSpeed == speed) {
      return;
    }
    if (leftNanos == FOREVER) {
      speed = newSpeed;
    } else {
      leftNanos -= done(now);
      sinceNanos = Math.max(sinceNanos, now);
      speed = newSpeed;
      endChanges();
    }
  }

  private long end() {
    if (leftNanos == FOREVER) {
      return FOREVER;
    }
    return sinceNanos + (speed == 1 ? leftNanos : (long) Math.ceil(leftNanos / speed));
  }

  /** The vCPU runs, and will be done at another time than before. */
  private void endChanges() {
    endNanos = end();
    if (host.deadlines() != null) {
      host.deadlines().workEndChanges(vcpu);
    } else if (leftNanos == FOREVER) {
      disarm();
    } else {
      armPrecisely(endNanos);
    }
  }

  /** Fires when the work is done, never late. */
  @Override
  protected void fire() {
    complete();
  }

  /** The work is done; handled on the vCPU's pCPU. */
  void complete() {
    host.begin(vcpu.unit.pcpu);
    leftNanos = 0;
    endNanos = FOREVER;
    program.workDone(vcpu);
    host.finish();
    if (endNanos == FOREVER && vcpu.isRunning() && host.deadlines() != null) {
      // Without new work the slice is next.
      host.deadlines().workEndChanges(vcpu);
    }
  }
}
