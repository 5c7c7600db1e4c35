// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** A host's way to an array: a port that the pool fills with the host's NIC. */
public interface StoragePath {
  /** A way of its own that never limits. */
  StoragePath DIRECT =
      new StoragePath() {
        @Override
        public long sentNanos(long nowNanos, long bytes) {
          return nowNanos;
        }

        @Override
        public long receivedNanos(long nowNanos, long bytes) {
          return nowNanos;
        }
      };

  /** Sends bytes to the array from now on; returns when the last one has gone, in nanoseconds. */
  long sentNanos(long nowNanos, long bytes);

  /**
   * Receives bytes from the array from now on; returns when the last one has come, in nanoseconds.
   */
  long receivedNanos(long nowNanos, long bytes);
}
