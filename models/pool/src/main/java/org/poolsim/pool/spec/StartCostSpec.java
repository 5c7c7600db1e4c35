// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * What the toolstack spends on a VM start. Engineering defaults: no published measurement per step
 * was found, calibrate before relying on them.
 *
 * @param workers operations that one host's xenopsd runs at a time, at least 1
 * @param placementNanos the coordinator, one start at a time
 * @param createNanos domain creation, dom0 CPU
 * @param buildNanos domain building, dom0 CPU, besides what the memory takes
 * @param buildNanosPerGib domain building, dom0 CPU for each GiB given to the guest
 * @param fileVbdPlugNanos plugging a disk of a file-based SR
 * @param lvmVbdPlugNanos plugging a disk of an LVM-based SR
 * @param vifPlugNanos plugging a NIC
 * @param deviceModelNanos start of QEMU, HVM only, dom0 CPU
 */
public record StartCostSpec(
    int workers,
    long placementNanos,
    long createNanos,
    long buildNanos,
    long buildNanosPerGib,
    long fileVbdPlugNanos,
    long lvmVbdPlugNanos,
    long vifPlugNanos,
    long deviceModelNanos) {
  public static final StartCostSpec DEFAULT =
      new StartCostSpec(
          4,
          50_000_000,
          150_000_000,
          200_000_000,
          350_000_000,
          400_000_000,
          1_000_000_000,
          300_000_000,
          700_000_000);

  public StartCostSpec {
    Require.between(workers, 1, 1000, "workers");
    Require.notNegative(placementNanos, "placement time in ns");
    Require.notNegative(createNanos, "domain creation time in ns");
    Require.notNegative(buildNanos, "domain building time in ns");
    Require.notNegative(buildNanosPerGib, "domain building time per GiB in ns");
    Require.notNegative(fileVbdPlugNanos, "plug time of a file-based disk in ns");
    Require.notNegative(lvmVbdPlugNanos, "plug time of an LVM-based disk in ns");
    Require.notNegative(vifPlugNanos, "plug time of a NIC in ns");
    Require.notNegative(deviceModelNanos, "start time of the device model in ns");
  }
}
