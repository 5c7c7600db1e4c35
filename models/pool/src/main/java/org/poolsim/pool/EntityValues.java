// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.Arrays;
import org.poolsim.engine.stat.LatencyHistogram;

/**
 * The values of one metric of one entity, as they came as long as there are few of them. A
 * histogram takes 25 KB whatever is in it, and a run may have thousands of entities with a value a
 * window each.
 */
final class EntityValues {
  private static final int FIRST_VALUES = 16;

  /** Beyond, a histogram is the smaller one. */
  private static final int MOST_VALUES = 4096;

  private final MetricDefinition definition;

  /** The first value, and how many of its like were all that came. */
  private long first;

  private int count;

  /** All values, once they differ. */
  private int[] values;

  private LatencyHistogram histogram;

  EntityValues(MetricDefinition definition) {
    this.definition = definition;
  }

  /** Adds a value, in the unit's steps. */
  void add(long steps) {
    if (histogram != null) {
      histogram.record(steps);
    } else if (count == 0 || (values == null && steps == first)) {
      first = steps;
      count++;
    } else if (count >= MOST_VALUES || steps > Integer.MAX_VALUE || first > Integer.MAX_VALUE) {
      histogram = histogram();
      values = null;
      histogram.record(steps);
    } else {
      addDifferent((int) steps);
    }
  }

  private void addDifferent(int steps) {
    if (values == null) {
      values = new int[Math.max(FIRST_VALUES, count + (count >> 1))];
      Arrays.fill(values, 0, count, (int) first);
    } else if (count == values.length) {
      values = Arrays.copyOf(values, count + (count >> 1));
    }
    values[count++] = steps;
  }

  /** Returns them all, to two significant digits; to be read only. */
  LatencyHistogram histogram() {
    if (histogram != null) {
      return histogram;
    }
    LatencyHistogram result = MetricSeries.histogram(definition, 2);
    for (int i = 0; i < count; i++) {
      result.record(values == null ? first : values[i]);
    }
    return result;
  }
}
