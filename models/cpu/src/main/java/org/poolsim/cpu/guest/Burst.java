// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.cpu.sched.VcpuEvent;

/** Runs, blocks, wakes some time after blocking, again and again; starts running. */
public final class Burst extends Behaviour {
  private final ExponentialDraws draws;
  private final long runNanos;
  private final long sleepNanos;
  private final VcpuEvent wakeTimer;
  private long releaseNanos;

  private Burst(Vcpu vcpu, ExponentialDraws draws, long runNanos, long sleepNanos) {
    super(vcpu);
    this.draws = draws;
    this.runNanos = runNanos;
    this.sleepNanos = sleepNanos;
    this.wakeTimer =
        new VcpuEvent(vcpu) {
          @Override
          protected void handle() {
            begin();
            vcpu.wake();
          }
        };
  }

  /** Returns bursts of fixed length with sleeps of fixed length. */
  public static Burst fixed(Vcpu vcpu, long runNanos, long sleepNanos) {
    return new Burst(vcpu, null, runNanos, sleepNanos);
  }

  /** Returns bursts and sleeps of exponential length, drawn in turn, beginning with a burst. */
  public static Burst random(Vcpu vcpu, long meanRunNanos, long meanSleepNanos, long seed) {
    return new Burst(vcpu, new ExponentialDraws(seed), meanRunNanos, meanSleepNanos);
  }

  @Override
  public void start() {
    begin();
    vcpu.start();
  }

  private void begin() {
    releaseNanos = now();
    vcpu.run(draws == null ? runNanos : draws.draw(runNanos));
  }

  @Override
  public void workDone(Vcpu self) {
    completed(releaseNanos);
    self.block();
    wakeTimer.arm(now() + (draws == null ? sleepNanos : draws.draw(sleepNanos)));
  }
}
