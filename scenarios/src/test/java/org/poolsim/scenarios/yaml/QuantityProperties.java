// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** What is written is read back as the same number. */
class QuantityProperties {
  @Property
  void wholeNumbersSurvive(@ForAll @LongRange(min = 0) long value) {
    for (Quantity quantity :
        new Quantity[] {Quantity.TIME, Quantity.SIZE, Quantity.DATA_RATE, Quantity.FREQUENCY}) {
      assertThat(quantity.parseWhole(quantity.format(value))).isEqualTo(value);
    }
  }

  @Property
  void fractionsSurvive(@ForAll @DoubleRange(min = 0, max = 1e6) double value) {
    for (Quantity quantity : new Quantity[] {Quantity.SHARE, Quantity.EVENT_RATE}) {
      assertThat(quantity.parse(quantity.format(value))).isEqualTo(value);
    }
  }
}
