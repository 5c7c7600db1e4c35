// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/**
 * How an array combines its devices, by what a small write costs: the number of device I/Os for
 * each.
 */
public enum RaidLevel {
  /** Striping only. */
  RAID0(1, 1),
  /** Mirrored. */
  RAID1(2, 2),
  /** Striped mirrors. */
  RAID10(2, 4),
  /** One parity: two reads and two writes. */
  RAID5(4, 3),
  /** Two parities: three reads and three writes. */
  RAID6(6, 4);

  private final int writePenalty;
  private final int fewestDevices;

  RaidLevel(int writePenalty, int fewestDevices) {
    this.writePenalty = writePenalty;
    this.fewestDevices = fewestDevices;
  }

  /** Returns the device I/Os that a small write takes. */
  public int writePenalty() {
    return writePenalty;
  }

  /**
   * Returns the bytes that reach the devices for each byte of a long write over {@code devices}.
   */
  double stripeOverhead(int devices) {
    return switch (this) {
      case RAID0 -> 1;
      case RAID1, RAID10 -> 2;
      case RAID5 -> devices / (devices - 1.0);
      case RAID6 -> devices / (devices - 2.0);
    };
  }

  /** Returns the fewest devices that make sense; a RAID10 of two is a RAID1. */
  public int fewestDevices() {
    return fewestDevices;
  }
}
