// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/**
 * The vCPUs and memory that the installer gives to dom0.
 *
 * @param vcpus vCPUs of dom0
 * @param memoryBytes memory of dom0
 */
public record Dom0Sizing(int vcpus, long memoryBytes) {
  private static final long MIB = 1L << 20;

  /** Which rule the installed version follows. */
  public enum Rule {
    /** Up to 16 vCPUs, fewer with little memory ({@code xcp/dom0.py}, {@code default_vcpus}). */
    CURRENT,
    /** 1, 2, 3 vCPUs for as many pCPUs, 4 below 24, 6 below 32, 8 from there on. */
    BEFORE_16_VCPUS
  }

  /** Returns the default sizing of a host under the current rule. */
  public static Dom0Sizing defaults(int pcpus, long hostMemoryBytes) {
    long memory = defaultMemoryBytes(hostMemoryBytes);
    return new Dom0Sizing(defaultVcpus(Rule.CURRENT, pcpus, memory), memory);
  }

  /**
   * Returns 1 GiB and 5 % of the host's memory, rounded down to 16 MiB, at most 8 GiB in all.
   *
   * @param hostMemoryBytes memory of the host, not negative
   */
  public static long defaultMemoryBytes(long hostMemoryBytes) {
    long mebibytes = 1024 + hostMemoryBytes / MIB * 5 / 100;
    return Math.min(mebibytes / 16 * 16, 8192) * MIB;
  }

  /**
   * Returns the default number of vCPUs.
   *
   * @param pcpus pCPUs of the host, 0 if unknown
   * @param dom0MemoryBytes memory of dom0; the older rule does not look at it
   */
  public static int defaultVcpus(Rule rule, int pcpus, long dom0MemoryBytes) {
    if (pcpus <= 0) {
      return 1;
    }
    if (rule == Rule.BEFORE_16_VCPUS) {
      if (pcpus < 4) {
        return pcpus;
      }
      return pcpus < 24 ? 4 : pcpus < 32 ? 6 : 8;
    }
    int most = 16;
    if (dom0MemoryBytes < 2048 * MIB) {
      most = 4;
    } else if (dom0MemoryBytes < 4096 * MIB) {
      most = 8;
    }
    return Math.min(pcpus, most);
  }
}
