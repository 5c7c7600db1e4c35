// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.List;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.StepSpec;

/** Steps of requests for the tests. */
final class Steps {
  private Steps() {}

  static StepSpec send(double bytes) {
    return new StepSpec.Send(Distribution.constant(bytes), -1);
  }

  static StepSpec receive(double bytes) {
    return new StepSpec.Receive(Distribution.constant(bytes), -1);
  }

  static StepSpec think(double nanos) {
    return new StepSpec.Think(Distribution.constant(nanos));
  }

  static StepSpec exactCpu(double nanos) {
    return new StepSpec.Cpu(Distribution.constant(nanos));
  }

  static StepSpec repeat(int times, StepSpec... steps) {
    return new StepSpec.Repeat(times, List.of(steps));
  }

  static StepSpec parallel(List<List<StepSpec>> branches) {
    return new StepSpec.Parallel(branches);
  }
}
