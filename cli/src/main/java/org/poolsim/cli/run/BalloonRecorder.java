// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import org.poolsim.reports.result.ColumnsRecorder;

/** What one VM had and should have had over the run. */
final class BalloonRecorder {
  /** A smaller way back is no turn. */
  private static final long TURN_BYTES = 16 << 20;

  private final ColumnsRecorder actual;
  private final ColumnsRecorder target;
  private long least = Long.MAX_VALUE;
  private long most;
  private long extreme = -1;
  private boolean growing;
  private int turns;

  BalloonRecorder(ColumnsRecorder actual, ColumnsRecorder target) {
    this.actual = actual;
    this.target = target;
  }

  void held(long fromNanos, long toNanos, long actualBytes, long targetBytes) {
    actual.held(fromNanos, toNanos, (double) actualBytes);
    target.held(fromNanos, toNanos, (double) targetBytes);
    least = Math.min(least, actualBytes);
    most = Math.max(most, actualBytes);
    if (extreme < 0) {
      extreme = actualBytes;
      return;
    }
    long back = growing ? extreme - actualBytes : actualBytes - extreme;
    if (back >= TURN_BYTES) {
      growing = !growing;
      turns++;
      extreme = actualBytes;
    } else if (back < 0) {
      extreme = actualBytes;
    }
  }

  ColumnsRecorder actual() {
    return actual;
  }

  ColumnsRecorder target() {
    return target;
  }

  /** Returns the span between the least and the most that it had, in bytes. */
  long swingBytes() {
    return most - least;
  }

  /** Returns how often it began to shrink after it had grown, or to grow after it had shrunk. */
  int turns() {
    return turns;
  }
}
