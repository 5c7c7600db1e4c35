// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "TIME, 2m, min", // ms is nearer by its letters
    "TIME, 5sec, s",
    "TIME, 8hours, h",
    "SIZE, 4G, GiB",
    "SIZE, 4gib, GiB",
    "DATA_RATE, 10gbps, Gbps",
  })
  void namesTheUnitThatWasMeant(Quantity quantity, String text, String unit) {
    assertThatThrownBy(() -> quantity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("did you mean \"" + unit + "\"?");
  }
}
