// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.memory.VmMemoryBreakdown;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.VmSpec;

/**
 * A host's memory, accounted without balloons: each VM holds its dynamic_max and its overhead from
 * the moment that it has been placed until its domain is gone.
 */
final class HostMemoryAccount {
  private static final long KIB = 1024;
  private static final long MIB = 1 << 20;

  private final long totalBytes;
  private final long fixedBytes;
  private final long reserveBytes = ToolstackVersion.SINCE_2026.hostFreeTargetKib() * KIB;
  private final Gauge free;
  private long guestBytes;

  HostMemoryAccount(HostSpec host, DataSources sources, Owner owner) {
    totalBytes = host.memoryBytes();
    fixedBytes = host.xenMemoryBytes() + host.dom0().memoryBytes();
    sources.add(
        new Gauge(kib(owner, "memory_total_kib", "Total memory of the host"), kib(totalBytes)));
    free =
        sources.add(
            new Gauge(kib(owner, "memory_free_kib", "Free memory of the host"), kib(freeBytes())));
  }

  private static Description kib(Owner owner, String name, String text) {
    return gauge(owner, name, text, "KiB");
  }

  private static Description gauge(Owner owner, String name, String text, String units) {
    return new Description(
        owner,
        name,
        text,
        units,
        Description.Type.GAUGE,
        true,
        0,
        Double.POSITIVE_INFINITY,
        false,
        true);
  }

  /** Adds what a VM's balloon shows while it does not move. */
  static void addGuest(DataSources sources, Owner vm, long bytes) {
    sources.add(
        new Gauge(
            gauge(vm, "memory", "Memory currently allocated to the VM", "B"), (double) bytes));
    sources.add(
        new Gauge(
            gauge(vm, "memory_target", "Target of the VM's balloon driver", "B"), (double) bytes));
  }

  /** Returns what a VM takes from its host. */
  static long footprintBytes(VmSpec vm) {
    long staticMaxMib = mib(vm.memory().staticMaxBytes());
    long targetMib = mib(vm.memory().dynamicMaxBytes());
    VmMemoryBreakdown.Type type =
        switch (vm.type()) {
          case HVM -> VmMemoryBreakdown.Type.HVM;
          case PVH -> VmMemoryBreakdown.Type.PVH;
          case PV -> VmMemoryBreakdown.Type.PV;
        };
    return VmMemoryBreakdown.of(
                type, staticMaxMib, targetMib, 0, vm.vcpus(), 1.0, ToolstackVersion.SINCE_2026)
            .footprintMib()
        * MIB;
  }

  private static double kib(long bytes) {
    long whole = bytes / KIB;
    return (double) whole;
  }

  private static long mib(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }

  long totalBytes() {
    return totalBytes;
  }

  long freeBytes() {
    return totalBytes - fixedBytes - guestBytes;
  }

  /** Returns what can still be given to VMs: squeezed keeps a reserve. */
  long availableBytes() {
    return Math.max(0, freeBytes() - reserveBytes);
  }

  double usedFraction() {
    return 1 - (double) freeBytes() / totalBytes;
  }

  void take(long bytes) {
    guestBytes += bytes;
    free.set(kib(freeBytes()));
  }

  void give(long bytes) {
    take(-bytes);
  }

  /** Checks that what the VMs hold adds up to what has been taken, and that it fits. */
  void audit(String host, long heldBytes) {
    if (heldBytes != guestBytes) {
      throw new IllegalStateException(
          "memory of host "
              + host
              + ": its VMs hold "
              + heldBytes
              + " bytes, but "
              + guestBytes
              + " are taken");
    }
    if (freeBytes() < 0) {
      throw new IllegalStateException(
          "memory of host " + host + ": " + -freeBytes() + " bytes more than it has");
    }
  }
}
