// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.stat.ReplicationRunner;

class MM1Test {
  @Test
  void theMeanWaitOfTwelveSeedsIsNineServices() {
    // Load 0.9, ten million customers each; the standard deviation of such a mean is 0.06.
    try (ReplicationRunner runner = new ReplicationRunner()) {
      List<Double> waits = runner.run(1, 13, MM1Benchmark::meanWait);
      assertThat(waits).hasSize(12).allSatisfy(wait -> assertThat(wait).isBetween(8.84, 9.16));
    }
  }
}
