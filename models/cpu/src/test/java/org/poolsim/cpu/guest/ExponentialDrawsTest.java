// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.core.source64.SplitMix64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialDrawsTest {
  /** With a mean of 1 most times are near an integer on the scale of the short cut's margin. */
  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 1_000_000, 20_000_000, 3_600_000_000_000L, 1L << 50})
  void drawsFollowTheLaw(long mean) {
    ExponentialDraws draws = new ExponentialDraws(17);
    SplitMix64 generator = new SplitMix64(17);
    for (int i = 0; i < 200_000; i++) {
      double time = -(double) mean * StrictMath.log(1 - generator.nextDouble());
      assertThat(draws.draw(mean)).isEqualTo(Math.max(1, (long) Math.ceil(time)));
    }
  }
}
