// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import org.poolsim.storage.DeviceParameters;
import org.poolsim.storage.RaidLevel;

/**
 * Devices that serve one or more SRs: an external array, or the local disks of a host.
 *
 * @param name unique in the pool
 * @param devices number of equal devices, 1 to 10000
 * @param device what each of them can do
 * @param raid how they are combined
 * @param linkBitsPerSecond rate of the array's own link, shared by all its hosts; 0 for none (local
 *     disks)
 * @param fabricLatencyNanos one-way latency between host and array
 * @param queueDepth requests that the array accepts at a time, at least 1; the others wait in the
 *     hosts
 */
public record ArraySpec(
    String name,
    int devices,
    DeviceParameters device,
    RaidLevel raid,
    long linkBitsPerSecond,
    long fabricLatencyNanos,
    int queueDepth) {
  /**
   * Requests that an array accepts at a time unless stated: a LUN queue of 64 for each of 4 paths.
   */
  public static final int DEFAULT_QUEUE_DEPTH = 256;

  public ArraySpec {
    Require.name(name, "an array");
    Require.between(devices, 1, 10_000, "devices of array " + name);
    Require.present(device, "the device of array " + name);
    Require.present(raid, "the RAID level of array " + name);
    if (devices < raid.fewestDevices()) {
      throw new IllegalArgumentException(
          "array "
              + name
              + " has "
              + devices
              + " devices; expected at least "
              + raid.fewestDevices()
              + " for "
              + raid);
    }
    Require.notNegative(linkBitsPerSecond, "link of array " + name + " in bit/s");
    Require.notNegative(fabricLatencyNanos, "fabric latency of array " + name + " in ns");
    Require.between(queueDepth, 1, 1 << 20, "queue depth of array " + name);
  }
}
