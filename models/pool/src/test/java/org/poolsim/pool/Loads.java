// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.List;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.RequestSpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.WorkloadSpec;

/** Open loads for the tests. */
final class Loads {
  private Loads() {}

  static WorkloadSpec.Requests poisson(String name, double perSecond, StepSpec... steps) {
    return new WorkloadSpec.Requests(
        name,
        new LoadSpec.Open(Distribution.exponential(1e9 / perSecond), 100_000),
        List.of(new RequestSpec(name, steps)));
  }

  static WorkloadSpec.Constant hog(double level) {
    return new WorkloadSpec.Constant("hog", 0, level);
  }
}
