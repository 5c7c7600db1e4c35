// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

/** A physical NIC: two wires. */
public final class Pif {
  private final String device;
  private final long bitsPerSecond;
  private final long latencyNanos;
  private final Wire sending;
  private final Wire receiving;

  Pif(String device, long bitsPerSecond) {
    this.device = device;
    this.bitsPerSecond = bitsPerSecond;
    // One-way latency of customary fabrics: 60, 20 and 12 us at 1, 10 and 25 Gbit/s.
    latencyNanos =
        bitsPerSecond < 5_000_000_000L ? 60_000 : bitsPerSecond < 20_000_000_000L ? 20_000 : 12_000;
    sending = new Wire(bitsPerSecond);
    receiving = new Wire(bitsPerSecond);
  }

  /** Returns the device, for example {@code eth0}. */
  public String device() {
    return device;
  }

  /** Returns the line rate of each direction. */
  public long bitsPerSecond() {
    return bitsPerSecond;
  }

  /** Returns the time for which the NIC has been sending up to now, in nanoseconds. */
  public double sendingNanos(long nowNanos) {
    return sending.busyNanos(nowNanos);
  }

  /** Returns the time for which the NIC has been receiving up to now, in nanoseconds. */
  public double receivingNanos(long nowNanos) {
    return receiving.busyNanos(nowNanos);
  }

  long latencyNanos() {
    return latencyNanos;
  }

  Wire sending() {
    return sending;
  }

  Wire receiving() {
    return receiving;
  }
}
