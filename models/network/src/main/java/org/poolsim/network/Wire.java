// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

/** One direction of a link: FIFO at a fixed rate. */
final class Wire {
  private final double nanosPerByte;
  private double freeAtNanos;
  private double busyNanos;
  private double frameBytes;

  Wire(long bitsPerSecond) {
    nanosPerByte = 8e9 / bitsPerSecond;
  }

  /** Carries payload from now on; returns when the last byte has gone. */
  long carry(long nowNanos, long bytes, Framing framing) {
    double time = bytes * framing.wirePerByte() * nanosPerByte;
    freeAtNanos = Math.max((double) nowNanos, freeAtNanos) + time;
    busyNanos += time;
    frameBytes += bytes * framing.framePerByte();
    return (long) Math.ceil(freeAtNanos);
  }

  double busyNanos(long nowNanos) {
    return busyNanos - Math.max(0, freeAtNanos - nowNanos);
  }

  double frameBytes() {
    return frameBytes;
  }
}
