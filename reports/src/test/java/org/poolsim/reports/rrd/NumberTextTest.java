// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  private static final MathContext ROUNDING = new MathContext(15, RoundingMode.HALF_EVEN);

  /** C's %.15g by exact decimal arithmetic. */
  private static String exact(double number) {
    BigDecimal rounded = new BigDecimal(number).round(ROUNDING).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 15) {
      return rounded.toPlainString();
    }
    BigDecimal mantissa = rounded.movePointLeft(exponent);
    String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return mantissa.stripTrailingZeros().toPlainString() + (exponent < 0 ? "e-" : "e+") + size;
  }

  private static void same(double number) {
    if (number != 0 && !Double.isNaN(number) && !Double.isInfinite(number)) {
      assertThat(NumberText.of(number)).isEqualTo(exact(number));
      assertThat(NumberText.of(-number)).isEqualTo(exact(-number));
    }
  }

  @Test
  void everyNumberHasTheDigitsOfExactArithmetic() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 30_000; i++) {
      same(Double.longBitsToDouble(random.nextLong()));
      same(Float.intBitsToFloat(random.nextInt()));
      same((float) random.nextDouble());
      same(Math.pow(10, random.nextDouble(-14, 16)));
      // Decimals of 15 and 16 digits, of which many are ties but for the last bit
      same(random.nextLong(2_000_000_000_000_000L) / Math.pow(10, random.nextInt(20)));
      // Exact ties: few binary digits after the point
      same(random.nextLong(1L << 50) / (double) (1L << random.nextInt(12)));
    }
  }

  @Test
  void powersOfTenAndTheirNeighboursRoundUpAndDown() {
    for (int exponent = -20; exponent <= 20; exponent++) {
      double power = Double.parseDouble("1e" + exponent);
      for (double number : new double[] {Math.nextDown(power), power, Math.nextUp(power)}) {
        same(number);
        same(number * 9.999999999999995);
        same((float) number);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, 0.0",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "4294967296, 4294967296",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "123456789012345678, 1.23456789012346e+17",
    "-2.5, -2.5",
    "1e100, 1e+100"
  })
  void asTheLibraryWritesThem(double number, String text) {
    assertThat(NumberText.of(number)).isEqualTo(text);
  }
}
