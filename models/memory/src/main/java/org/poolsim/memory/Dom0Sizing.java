// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** What a host's installer gives to dom0, and what Xen keeps (fact sheet, section 8). */
public enum Dom0Sizing {
  /** Current: 1 GiB and 5 % of the host, in steps of 16 MiB, at most 8 GiB. */
  CURRENT {
    @Override
    long dom0Mib(long hostKib) {
      double mib = (hostKib + ROUNDING_KIB) / 1024.0;
      long sum = 1024 + (long) (mib * 0.05);
      return Math.min(sum & ~15L, 8192);
    }
  },
  /** XenServer 6.x and 7.0: by steps. */
  STEPS {
    @Override
    long dom0Mib(long hostKib) {
      double gib = (hostKib + ROUNDING_KIB) / 1_048_576.0;
      if (gib < 24) {
        return 752;
      }
      if (gib < 48) {
        return 2048;
      }
      return gib < 64 ? 3072 : 4096;
    }
  };

  /** Added to what the host reports, so that a host sold with 64 GiB counts as one. */
  private static final long ROUNDING_KIB = 262_144;

  private static final int KIB_PER_MIB = 1024;

  abstract long dom0Mib(long hostKib);

  /**
   * Returns dom0's memory in KiB.
   *
   * @param hostKib the host's memory as reported
   */
  public long dom0Kib(long hostKib) {
    return dom0Mib(hostKib) * KIB_PER_MIB;
  }

  /** Returns dom0's vCPUs: at most 16, 8 below 4 GiB of dom0 memory and 4 below 2 GiB. */
  public static int dom0Vcpus(int pcpus, long dom0Kib) {
    int most = 16;
    if (dom0Kib < 4L << 20) {
      most = dom0Kib < 2L << 20 ? 4 : 8;
    }
    return Math.min(pcpus, most);
  }

  /**
   * Returns what Xen keeps, in KiB, where no sample of the real host is known: 128 MiB and a frame
   * table of 32 bytes a page.
   */
  public static long xenKib(long hostKib) {
    return 128L * KIB_PER_MIB + hostKib / 4 * 32 / 1024;
  }
}
