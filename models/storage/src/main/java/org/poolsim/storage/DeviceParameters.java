// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import java.util.Collections;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one storage device can do.
 *
 * @param name of the class, for messages
 * @param readLatencyNanos unloaded random read of 4 KiB, without the transfer; above 0
 * @param writeLatencyNanos unloaded random write of 4 KiB, without the transfer; above 0
 * @param readsPerSecond most random reads per second; above 0
 * @param writesPerSecond most sustained random writes per second; above 0
 * @param readBytesPerSecond most that it reads in sequence; above 0
 * @param writeBytesPerSecond most that it writes in sequence; above 0
 */
public record DeviceParameters(
    String name,
    long readLatencyNanos,
    long writeLatencyNanos,
    double readsPerSecond,
    double writesPerSecond,
    double readBytesPerSecond,
    double writeBytesPerSecond) {
  public DeviceParameters {
    positive((double) readLatencyNanos, "read latency in ns", name);
    positive((double) writeLatencyNanos, "write latency in ns", name);
    positive(readsPerSecond, "reads per second", name);
    positive(writesPerSecond, "writes per second", name);
    positive(readBytesPerSecond, "read rate in bytes/s", name);
    positive(writeBytesPerSecond, "write rate in bytes/s", name);
  }

  private static void positive(double value, String what, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          what + " of device " + name + " is " + value + "; expected a finite number above 0");
    }
  }

  /**
   * Returns the classes known by name. Rotating disks: average seek and half a turn from the
   * makers' manuals (HGST 7K4000, Seagate Savvio 10K.4, 15K.7), one request at a time. Solid state:
   * customary figures of data-centre drives, to be overridden by a data sheet; writes are the
   * sustained rate after the cache.
   */
  public static DeviceClasses classes() {
    return new DeviceClasses();
  }

  /** Devices by class name. */
  public static final class DeviceClasses {
    private final TreeMap<String, DeviceParameters> byName = new TreeMap<>();

    private DeviceClasses() {
      // Average seek + half a turn; sustained rate halfway between the outer and the inner zone.
      rotating("hdd-7200", 8_200_000 + 4_160_000, 8_200_000 + 4_160_000, 129e6);
      rotating("hdd-10k", 3_800_000 + 3_000_000, 4_400_000 + 3_000_000, 95e6);
      rotating("hdd-15k", 3_400_000 + 2_000_000, 3_900_000 + 2_000_000, 163e6);
      add(new DeviceParameters("ssd-sata", 130_000, 45_000, 90e3, 25e3, 540e6, 500e6));
      add(new DeviceParameters("ssd-nvme", 85_000, 20_000, 600e3, 80e3, 3.2e9, 2.0e9));
      add(new DeviceParameters("optane", 10_000, 11_000, 550e3, 500e3, 2.4e9, 2.0e9));
    }

    private void rotating(String name, long readNanos, long writeNanos, double bytesPerSecond) {
      add(
          new DeviceParameters(
              name,
              readNanos,
              writeNanos,
              1e9 / readNanos,
              1e9 / writeNanos,
              bytesPerSecond,
              bytesPerSecond));
    }

    private void add(DeviceParameters device) {
      byName.put(device.name(), device);
    }

    /** Returns the names, in alphabetical order. */
    public Set<String> names() {
      return Collections.unmodifiableSet(byName.keySet());
    }

    /**
     * Returns a class.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public DeviceParameters get(String name) {
      DeviceParameters device = byName.get(name);
      if (device == null) {
        throw new IllegalArgumentException(
            "there is no device " + name + "; expected one of " + byName.keySet());
      }
      return device;
    }
  }
}
