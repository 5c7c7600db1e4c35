// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * A VM's memory range in KiB (fact sheet, section 6): {@code static_min <= dynamic_min <=
 * dynamic_max <= static_max}. Any other order is refused with MEMORY_CONSTRAINT_VIOLATION_ORDER.
 */
public record MemoryLimits(
    long staticMinKib, long dynamicMinKib, long dynamicMaxKib, long staticMaxKib) {
  public MemoryLimits {
    if (staticMinKib < 0
        || staticMinKib > dynamicMinKib
        || dynamicMinKib > dynamicMaxKib
        || dynamicMaxKib > staticMaxKib) {
      throw new IllegalArgumentException(
          "MEMORY_CONSTRAINT_VIOLATION_ORDER: expected 0 <= static_min <= dynamic_min <="
              + " dynamic_max <= static_max, found "
              + staticMinKib
              + ", "
              + dynamicMinKib
              + ", "
              + dynamicMaxKib
              + ", "
              + staticMaxKib
              + " KiB");
    }
  }

  /** Returns limits without room for a balloon. */
  public static MemoryLimits fixed(long kib) {
    return new MemoryLimits(kib, kib, kib, kib);
  }

  /** Returns limits with the dynamic range given and static_min at its lower end. */
  public static MemoryLimits dynamic(long dynamicMinKib, long dynamicMaxKib, long staticMaxKib) {
    return new MemoryLimits(dynamicMinKib, dynamicMinKib, dynamicMaxKib, staticMaxKib);
  }

  /**
   * Returns these limits with another dynamic range.
   *
   * @throws IllegalArgumentException if it leaves the static range
   */
  public MemoryLimits withDynamic(long newMinKib, long newMaxKib) {
    return new MemoryLimits(staticMinKib, newMinKib, newMaxKib, staticMaxKib);
  }

  /**
   * Returns xapi's repair of limits that may be out of order: the dynamic range clamped to the
   * static one; {@code null} if a range is upside down.
   */
  public static MemoryLimits repaired(
      long staticMinKib, long dynamicMinKib, long dynamicMaxKib, long staticMaxKib) {
    if (staticMaxKib < staticMinKib || dynamicMaxKib < dynamicMinKib) {
      return null;
    }
    return new MemoryLimits(
        staticMinKib,
        clamp(dynamicMinKib, staticMinKib, staticMaxKib),
        clamp(dynamicMaxKib, staticMinKib, staticMaxKib),
        staticMaxKib);
  }

  private static long clamp(long value, long least, long most) {
    return Math.max(least, Math.min(most, value));
  }
}
