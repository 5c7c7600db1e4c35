// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A VM's memory: its limits {@code 0 <= staticMin <= dynamicMin <= dynamicMax <= staticMax} and
 * what its guest does with it.
 *
 * @param staticMinBytes least that the guest could ever run with
 * @param dynamicMinBytes least that its balloon driver is asked to shrink it to
 * @param dynamicMaxBytes most that it is given
 * @param staticMaxBytes what the guest sees at boot
 * @param balloon its balloon driver
 * @param workingSet its working set; {@code null} if too little memory does not slow it down
 */
public record MemorySpec(
    long staticMinBytes,
    long dynamicMinBytes,
    long dynamicMaxBytes,
    long staticMaxBytes,
    BalloonDriverSpec balloon,
    WorkingSetSpec workingSet) {
  public MemorySpec {
    Require.present(balloon, "the balloon driver");
    Require.notNegative(staticMinBytes, "static_min in bytes");
    Require.positive(staticMaxBytes, "static_max in bytes");
    if (staticMinBytes > dynamicMinBytes
        || dynamicMinBytes > dynamicMaxBytes
        || dynamicMaxBytes > staticMaxBytes) {
      throw new IllegalArgumentException(
          "memory limits are "
              + staticMinBytes
              + ", "
              + dynamicMinBytes
              + ", "
              + dynamicMaxBytes
              + ", "
              + staticMaxBytes
              + " bytes; expected static_min <= dynamic_min <= dynamic_max <= static_max");
    }
  }

  /** Creates the memory of a guest with Linux' driver that too little memory does not slow down. */
  public MemorySpec(
      long staticMinBytes, long dynamicMinBytes, long dynamicMaxBytes, long staticMaxBytes) {
    this(
        staticMinBytes,
        dynamicMinBytes,
        dynamicMaxBytes,
        staticMaxBytes,
        BalloonDriverSpec.DEFAULT,
        null);
  }

  /** Returns limits that leave no room for a balloon. */
  public static MemorySpec fixed(long bytes) {
    return new MemorySpec(bytes, bytes, bytes, bytes);
  }

  /** Returns limits with a range for the balloon up to static_max. */
  public static MemorySpec dynamic(long lowBytes, long highBytes) {
    return new MemorySpec(lowBytes, lowBytes, highBytes, highBytes);
  }

  /**
   * Returns this memory with another dynamic range.
   *
   * @throws IllegalArgumentException if it leaves the static range
   */
  public MemorySpec withDynamic(long lowBytes, long highBytes) {
    return new MemorySpec(staticMinBytes, lowBytes, highBytes, staticMaxBytes, balloon, workingSet);
  }

  /** Returns this memory with another balloon driver. */
  public MemorySpec with(BalloonDriverSpec other) {
    return new MemorySpec(
        staticMinBytes, dynamicMinBytes, dynamicMaxBytes, staticMaxBytes, other, workingSet);
  }

  /** Returns this memory with a working set. */
  public MemorySpec with(WorkingSetSpec other) {
    return new MemorySpec(
        staticMinBytes, dynamicMinBytes, dynamicMaxBytes, staticMaxBytes, balloon, other);
  }
}
