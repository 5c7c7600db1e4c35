// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * The work of a guest's boot, between unpause and ready: rounds of one read and a share of the CPU
 * time, one after the other.
 *
 * @param cpuNanos CPU time of the whole boot, at least 1
 * @param reads number of reads from the first disk; none if the VM has no disk
 * @param readBytes size of each read, at least 1
 */
public record BootSpec(long cpuNanos, int reads, long readBytes) {
  /**
   * An office desktop or small server: 8 s of CPU and 2000 reads of 16 KiB (31 MiB). An engineering
   * default, of the order of the 26 to 30 I/O per second that desktop sizing guides give for a boot
   * of a minute.
   */
  public static final BootSpec DEFAULT = new BootSpec(8_000_000_000L, 2000, 16 << 10);

  public BootSpec {
    Require.positive(cpuNanos, "CPU time of a boot in ns");
    Require.between(reads, 0, 10_000_000, "reads of a boot");
    Require.positive(readBytes, "bytes of a boot's read");
  }
}
