// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;

/** Runs, sends a request to a {@link Server}, blocks until it is served, again and again. */
public final class IoRequest extends Behaviour {
  private final long runNanos;
  private final long backendRunNanos;
  private Server backend;
  private long releaseNanos;

  /** Creates a requester; {@link #setBackend} must follow before it starts. */
  public IoRequest(Vcpu vcpu, long runNanos, long backendRunNanos) {
    super(vcpu);
    this.runNanos = runNanos;
    this.backendRunNanos = backendRunNanos;
  }

  /** Sets who serves the requests. */
  public void setBackend(Server server) {
    backend = server;
  }

  @Override
  public void start() {
    begin();
    vcpu.start();
  }

  private void begin() {
    releaseNanos = now();
    vcpu.run(runNanos);
  }

  @Override
  public void workDone(Vcpu self) {
    completed(releaseNanos);
    self.block();
    backend.request(this, backendRunNanos);
  }

  void answered() {
    begin();
    vcpu.wake();
  }
}
