// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.Arrays;

/** Recorded times, all of them: the recorded percentiles are nearest ranks. */
final class LongList {
  private long[] values = new long[16];
  private int size;
  private boolean sorted;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
    sorted = false;
  }

  int size() {
    return size;
  }

  double mean() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum / size;
  }

  /** Nearest rank: the smallest value with at least this part of all at or below it. */
  long percentile(double part) {
    if (!sorted) {
      Arrays.sort(values, 0, size);
      sorted = true;
    }
    int rank = (int) Math.ceil(part * size);
    return values[Math.min(Math.max(rank, 1), size) - 1];
  }

  long max() {
    return percentile(1);
  }
}
