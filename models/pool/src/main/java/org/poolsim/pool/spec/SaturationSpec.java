// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * When a resource counts as saturated: above its threshold for at least {@code leastNanos}.
 *
 * @param guestCpu fraction of the pCPU time that dom0 leaves, 0 to 1
 * @param dom0Cpu fraction of dom0's vCPU time, 0 to 1
 * @param memory fraction of the host's memory, 0 to 1
 * @param array fraction of time in which the array's devices are busy, 0 to 1
 * @param queue fraction of time in which the array's queue is full, 0 to 1
 * @param link fraction of a link's rate, in its busier direction, 0 to 1
 * @param leastNanos shortest time that counts, 0 or more
 */
public record SaturationSpec(
    double guestCpu,
    double dom0Cpu,
    double memory,
    double array,
    double queue,
    double link,
    long leastNanos) {
  /** 90 %, memory 95 %, for 10 s. */
  public static final SaturationSpec DEFAULT =
      new SaturationSpec(0.9, 0.9, 0.95, 0.9, 0.9, 0.9, 10_000_000_000L);

  public SaturationSpec {
    Require.between(guestCpu, 0, 1, "saturation threshold of guest CPU");
    Require.between(dom0Cpu, 0, 1, "saturation threshold of dom0 CPU");
    Require.between(memory, 0, 1, "saturation threshold of memory");
    Require.between(array, 0, 1, "saturation threshold of arrays");
    Require.between(queue, 0, 1, "saturation threshold of queues");
    Require.between(link, 0, 1, "saturation threshold of links");
    Require.notNegative(leastNanos, "shortest saturation in ns");
  }
}
