// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.Map;
import org.poolsim.memory.Dom0Sizing;
import org.poolsim.pool.spec.Dom0Spec;
import org.poolsim.pool.spec.HostSpec;

/** A host of the scenario in the making: what VMs need to know of it. */
final class HostPlan {
  private static final long MIB = 1L << 20;

  private final String name;
  private final int pcpus;
  private final Map<String, Object> scenario;
  private final boolean memoryAssumed;
  private final long xenBytes;
  private final long dom0Bytes;
  private long memoryBytes;

  /** The mask that the host sets for its guests' vCPUs; empty is none. */
  private String guestMask = "";

  /**
   * @param xenBytes what Xen takes; 0 for the default of the language
   * @param dom0Bytes what dom0 takes; 0 for what the installer gives
   */
  HostPlan(
      String name,
      int pcpus,
      Map<String, Object> scenario,
      long memoryBytes,
      boolean memoryAssumed,
      long xenBytes,
      long dom0Bytes) {
    this.name = name;
    this.pcpus = pcpus;
    this.scenario = scenario;
    this.memoryBytes = memoryBytes;
    this.memoryAssumed = memoryAssumed;
    this.xenBytes = xenBytes;
    this.dom0Bytes = dom0Bytes;
  }

  String name() {
    return name;
  }

  int pcpus() {
    return pcpus;
  }

  String guestMask() {
    return guestMask;
  }

  void guestMask(String mask) {
    guestMask = mask;
  }

  Map<String, Object> scenario() {
    return scenario;
  }

  /** Returns whether its memory is a guess that may be raised. */
  boolean memoryAssumed() {
    return memoryAssumed;
  }

  /** Returns what Xen and dom0 leave to guests, in bytes. */
  long guestBytes() {
    long xen = xenBytes > 0 ? xenBytes : HostSpec.defaultXenMemoryBytes(memoryBytes);
    long dom0 =
        dom0Bytes > 0
            ? dom0Bytes
            : Dom0Spec.installed(Dom0Sizing.CURRENT, pcpus, memoryBytes).memoryBytes();
    return memoryBytes - xen - dom0;
  }

  /** Raises assumed memory, in whole GiB, until guests of {@code bytes} have room. */
  void raiseTo(long bytes) {
    long gib = 1024 * MIB;
    while (guestBytes() < bytes) {
      long missing = bytes - guestBytes();
      memoryBytes = (memoryBytes + missing + gib - 1) / gib * gib;
    }
    scenario.put("memory", memoryBytes + "B");
  }
}
