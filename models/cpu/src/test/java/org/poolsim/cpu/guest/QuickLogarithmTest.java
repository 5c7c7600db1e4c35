// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.core.source64.SplitMix64;
import org.junit.jupiter.api.Test;

class QuickLogarithmTest {
  private static double error(double x) {
    return Math.abs(QuickLogarithm.negated(x) + StrictMath.log(x));
  }

  @Test
  void theErrorIsBounded() {
    double greatest = 0;
    SplitMix64 generator = new SplitMix64(5);
    for (int i = 0; i < 1_000_000; i++) {
      greatest = Math.max(greatest, error(1 - generator.nextDouble()));
    }
    assertThat(greatest).isBetween(0x1p-44, QuickLogarithm.GREATEST_ERROR);
  }

  @Test
  void theErrorIsBoundedAtBothEndsOfEveryIntervalOfEveryPowerOfTwo() {
    for (double power = 0x1p-53; power <= 0.5; power *= 2) {
      for (int i = 0; i < 128; i++) {
        assertThat(error(power * (1 + i / 128.0))).isLessThan(QuickLogarithm.GREATEST_ERROR);
        assertThat(error(Math.nextDown(power * (1 + (i + 1) / 128.0))))
            .isLessThan(QuickLogarithm.GREATEST_ERROR);
      }
    }
    assertThat(error(1)).isLessThan(QuickLogarithm.GREATEST_ERROR);
  }
}
