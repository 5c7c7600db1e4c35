// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A VM's memory limits: {@code 0 <= staticMin <= dynamicMin <= dynamicMax <= staticMax}.
 *
 * @param staticMinBytes least that the guest could ever run with
 * @param dynamicMinBytes least that its balloon driver is asked to shrink it to
 * @param dynamicMaxBytes most that it is given
 * @param staticMaxBytes what the guest sees at boot
 */
public record MemorySpec(
    long staticMinBytes, long dynamicMinBytes, long dynamicMaxBytes, long staticMaxBytes) {
  public MemorySpec {
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

  /** Returns limits that leave no room for a balloon. */
  public static MemorySpec fixed(long bytes) {
    return new MemorySpec(bytes, bytes, bytes, bytes);
  }
}
