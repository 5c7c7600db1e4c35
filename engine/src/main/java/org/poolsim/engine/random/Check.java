// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.random;

import org.apache.commons.numbers.gamma.LogGamma;

/** The conditions on the parameters of a law. */
final class Check {
  private Check() {}

  static void finite(double value, String name) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, it is " + value);
    }
  }

  static void positive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be positive and finite, it is " + value);
    }
  }

  static void notNegative(double value, String name) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and not negative, it is " + value);
    }
  }

  static void ordered(double low, double high, String lowName, String highName) {
    finite(low, lowName);
    finite(high, highName);
    if (low > high) {
      throw new IllegalArgumentException(
          lowName + " (" + low + ") must not exceed " + highName + " (" + high + ")");
    }
  }

  static double gammaFunction(double x) {
    return StrictMath.exp(LogGamma.value(x));
  }
}
