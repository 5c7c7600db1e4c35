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

    @Override
    int most(int pcpus, long dom0Kib) {
      if (dom0Kib < 2 * KIB_PER_GIB) {
        return 4;
      }
      return dom0Kib < 4 * KIB_PER_GIB ? 8 : 16;
    }
  },
  /** XenServer 6.x and 7.0: memory and vCPUs by steps. */
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

    @Override
    int most(int pcpus, long dom0Kib) {
      if (pcpus < 24) {
        return 4;
      }
      return pcpus < 32 ? 6 : 8;
    }
  };

  /** Added to what the host reports, so that a host sold with 64 GiB counts as one. */
  private static final long ROUNDING_KIB = 262_144;

  private static final int KIB_PER_MIB = 1024;
  private static final long KIB_PER_GIB = 1L << 20;

  abstract long dom0Mib(long hostKib);

  abstract int most(int pcpus, long dom0Kib);

  /**
   * Returns dom0's memory in KiB.
   *
   * @param hostKib the host's memory as reported
   */
  public long dom0Kib(long hostKib) {
    return dom0Mib(hostKib) * KIB_PER_MIB;
  }

  /**
   * Returns dom0's vCPUs: as many as pCPUs, and 1 where their number is not known, but at most 16,
   * 8 below 4 GiB of dom0 memory and 4 below 2 GiB; by steps at most 4 below 24 pCPUs, 6 below 32,
   * 8 from there on.
   *
   * @param pcpus the host's pCPUs, 0 if not known
   */
  public int dom0Vcpus(int pcpus, long dom0Kib) {
    return Math.max(1, Math.min(pcpus, most(pcpus, dom0Kib)));
  }

  /**
   * Returns what Xen keeps, in KiB, where no sample of the real host is known: 128 MiB and a frame
   * table of 32 bytes a page.
   */
  public static long xenKib(long hostKib) {
    return 128L * KIB_PER_MIB + hostKib / 4 * 32 / 1024;
  }
}
