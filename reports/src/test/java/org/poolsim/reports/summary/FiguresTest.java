// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolsim.reports.result.Unit;

/** Figures for people. */
class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "SECONDS, 117.6, 118 s",
    "SECONDS, 0.0146, 14.6 ms",
    "SECONDS, 0.02, 20 ms",
    "SECONDS, 0.000011, 11 µs",
    "SECONDS, 0.9999, 1 s",
    "SECONDS, 271, 4 min 31 s",
    "SECONDS, 300, 5 min",
    "SECONDS, 7500, 2 h 5 min",
    "SECONDS, 0, 0 s",
    "FRACTION, 0.019, 1.9 %",
    "FRACTION, 0.05, 5 %",
    "FRACTION, 0.0996, 10 %",
    "FRACTION, 0.0999, 10 %",
    "FRACTION, 0.954, 95 %",
    "FRACTION, 0.0004, < 0.1 %",
    "FRACTION, 0, 0 %",
    "FRACTION, -0.31, −31 %",
    "BYTES, 4294967296, 4 GiB",
    "BYTES, 1023.9, 1 KiB",
    "BYTES, 1099511627776, 1 TiB",
    "BYTES, 1073741824000, 0.977 TiB",
    "COUNT, 240, 240",
    "COUNT, 9999, 9999",
    "COUNT, 31400000, 31.4 M",
    "COUNT, 0.25, 0.25",
    "PER_SECOND, 20600, 20.6 k/s",
    "BITS_PER_SECOND, 6.3e9, 6.3 Gbit/s",
    "BYTES_PER_SECOND, 1048576, 1 MiB/s",
    "SECONDS, NaN, ?",
  })
  void threeDigitsAndASpaceBeforeTheUnit(Unit unit, double value, String text) {
    assertThat(Figures.text(value, unit)).isEqualTo(text);
  }

  @Test
  void positionsOnTheClock() {
    assertThat(Figures.clock(200_000_000_000L)).isEqualTo("0:03:20");
    assertThat(Figures.clock(4_200_000_000_000L)).isEqualTo("1:10:00");
    assertThat(Figures.clock((2 * 86400 + 3 * 3600 + 600) * 1_000_000_000L)).isEqualTo("2d 03:10");
  }
}
