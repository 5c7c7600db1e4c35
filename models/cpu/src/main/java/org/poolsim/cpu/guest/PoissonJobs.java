// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.cpu.sched.VcpuEvent;

/** Jobs of exponential length that arrive in a Poisson process. */
public final class PoissonJobs extends QueueingBehaviour {
  private final ExponentialDraws draws;
  private final long meanInterarrivalNanos;
  private final VcpuEvent arrival;

  /** Creates Poisson jobs. */
  public PoissonJobs(Vcpu vcpu, long meanInterarrivalNanos, long meanRunNanos, long seed) {
    super(vcpu);
    this.meanInterarrivalNanos = meanInterarrivalNanos;
    this.draws = new ExponentialDraws(seed);
    this.arrival =
        new VcpuEvent(vcpu) {
          @Override
          protected void handle() {
            long runNanos = draws.draw(meanRunNanos);
            arm(now() + draws.draw(meanInterarrivalNanos));
            deliver(runNanos);
          }
        };
  }

  @Override
  public void start() {
    super.start();
    arrival.arm(now() + draws.draw(meanInterarrivalNanos));
  }
}
