// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TimesTest {
  @Property
  void aQuantileIsWithinAStepOfTheOrderStatistic(
      @ForAll @Size(min = 1, max = 100) List<@LongRange(min = 0, max = 1L << 50) Long> nanos,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    Times times = new Times();
    Times rest = new Times();
    for (int i = 0; i < nanos.size(); i++) {
      (i % 2 == 0 ? times : rest).add(nanos.get(i));
    }
    times.addAll(rest);
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    long exact = sorted[Math.max(0, (int) Math.ceil(share * sorted.length * (1 - 1e-12)) - 1)];
    assertThat(times.count()).isEqualTo(nanos.size());
    assertThat(times.quantile(share)).isCloseTo(exact, within(exact / 250.0));
    assertThat(times.upTo(times.quantile(share)))
        .isGreaterThanOrEqualTo(share * sorted.length - 1e-6);
  }
}
