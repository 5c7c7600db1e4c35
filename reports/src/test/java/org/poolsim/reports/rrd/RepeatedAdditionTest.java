// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RepeatedAdditionTest {
  @Property(tries = 4000)
  void equalsTheLoopToTheLastBit(
      @ForAll double sum, @ForAll double addend, @ForAll @IntRange(max = 20_000) int times) {
    assertThat(RepeatedAddition.add(sum, addend, times)).isEqualTo(loop(sum, addend, times));
    assertThat(RepeatedAddition.add(0, addend / 17280, times))
        .isEqualTo(loop(0, addend / 17280, times));
  }

  @Property(tries = 2000)
  void tiesToEvenAreKept(
      @ForAll @IntRange(min = 1, max = 1 << 20) int odd,
      @ForAll @IntRange(min = 1, max = 64) int shift,
      @ForAll @IntRange(max = 20_000) int times) {
    double addend = odd * Math.scalb(1.0, -shift - 20);
    double sum = 1 + Math.ulp(1.0) * odd;
    assertThat(RepeatedAddition.add(sum, addend, times)).isEqualTo(loop(sum, addend, times));
    double half = Math.ulp(1.0) * (odd + 0.5);
    assertThat(RepeatedAddition.add(sum, half, times)).isEqualTo(loop(sum, half, times));
  }

  @Property(tries = 2000)
  void tiesThatBeginInALowerPowerOfTwoAreKept(
      @ForAll @IntRange(min = 1, max = 1 << 20) int odd,
      @ForAll @IntRange(min = 0, max = 4) int below,
      @ForAll @IntRange(max = 200) int times) {
    double ulp = Math.ulp(1.0);
    double addend = ulp * (odd + 0.5);
    // The first sum may be odd, and the next ones ties.
    double sum = 1 - addend + ulp / 4 * below + ulp;
    assertThat(RepeatedAddition.add(sum, addend, times)).isEqualTo(loop(sum, addend, times));
  }

  private static double loop(double sum, double addend, int times) {
    double at = sum;
    for (int i = 0; i < times; i++) {
      at += addend;
    }
    return at;
  }
}
