// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

/** The values of all sources of a database at one instant. Integers keep all their 64 bits. */
public final class Sample {
  private final double[] values;
  private final long[] integers;

  /** Creates a sample of unknown values. */
  public Sample(int sources) {
    values = new double[sources];
    integers = new long[sources];
    for (int i = 0; i < sources; i++) {
      setUnknown(i);
    }
  }

  /** Sets a floating-point value. */
  public void set(int source, double value) {
    values[source] = value;
    integers[source] = (long) value;
  }

  /** Sets an integer. */
  public void setInteger(int source, long value) {
    values[source] = value;
    integers[source] = value;
  }

  /** Makes a value unknown. */
  public void setUnknown(int source) {
    values[source] = Double.NaN;
    integers[source] = 0;
  }

  double value(int source) {
    return values[source];
  }

  long integer(int source) {
    return integers[source];
  }
}
