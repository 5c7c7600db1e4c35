// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.pool.spec.WorkloadSpec;

/** A background workload at work: a level that is set anew when it changes. */
final class Background implements Activity {
  private static final long FOREVER = Long.MAX_VALUE;

  private final Simulator simulator;
  private final VcpuDemand demand;
  private final int vcpus;
  private final LevelCourse course;
  private final Event change =
      new Event() {
        @Override
        protected void fire() {
          step();
        }
      };
  private double level;

  private Background(Simulator simulator, VcpuDemand demand, int vcpus, LevelCourse course) {
    this.simulator = simulator;
    this.demand = demand;
    this.vcpus = vcpus == 0 ? demand.vcpus() : Math.min(vcpus, demand.vcpus());
    this.course = course;
  }

  static Background of(
      Simulator simulator, VcpuDemand demand, WorkloadSpec.Background spec, RandomStream stream) {
    return new Background(simulator, demand, spec.vcpus(), LevelCourse.of(spec, stream));
  }

  @Override
  public void begin() {
    step();
  }

  private void step() {
    long nowNanos = simulator.nowNanos();
    long untilNanos = course.advance(nowNanos);
    demand.change(vcpus, level, course.level());
    level = course.level();
    if (untilNanos != FOREVER) {
      simulator.schedule(change, untilNanos);
    }
  }

  @Override
  public void end() {
    simulator.cancel(change);
    demand.change(vcpus, level, 0);
    level = 0;
  }
}
