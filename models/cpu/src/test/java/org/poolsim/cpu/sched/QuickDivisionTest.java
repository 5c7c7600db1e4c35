// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** The quick divisions give what the division of integers gives, to the last unit. */
class QuickDivisionTest {
  @Property
  void quotientAndRemainder(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long dividend,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long divisor) {
    assertThat(Quotient.of(dividend, divisor)).isEqualTo(dividend / divisor);
    assertThat(Quotient.remainder(dividend, divisor)).isEqualTo(dividend % divisor);
  }

  /** One below a multiple is where rounding would show. */
  @Property(tries = 100_000)
  void aroundMultiples(
      @ForAll @LongRange(min = 1, max = 1L << 36) long quotient,
      @ForAll @LongRange(min = 1, max = 1 << 16) long divisor) {
    long multiple = quotient * divisor;
    assertThat(Quotient.of(multiple, divisor)).isEqualTo(quotient);
    assertThat(Quotient.of(multiple - 1, divisor)).isEqualTo((multiple - 1) / divisor);
    assertThat(Quotient.of(multiple + 1, divisor)).isEqualTo((multiple + 1) / divisor);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {1, 2, 3, 7, 63, 64, 65, 2_500, 49_999, 50_000, 65_535, 65_536, 1L << 40, 1L << 61})
  void drawsAreThoseOfTheSource(long most) {
    RandomStream expected = new RandomStreams(5).stream("draws");
    JitterDraw draw = new JitterDraw(new RandomStreams(5).stream("draws"), most);
    for (int i = 0; i < 100_000; i++) {
      assertThat(draw.next()).isEqualTo(expected.nextLong(most + 1));
    }
  }

  @Test
  void nothingIsDrawnWhereThereIsNoChoice() {
    RandomStream source = new RandomStreams(5).stream("draws");
    assertThat(new JitterDraw(source, 0).next()).isZero();
    assertThat(source.nextLong()).isEqualTo(new RandomStreams(5).stream("draws").nextLong());
  }
}
