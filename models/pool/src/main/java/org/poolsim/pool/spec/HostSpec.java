// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;
import java.util.stream.Stream;
import org.poolsim.memory.Dom0Sizing;

/**
 * A host of the pool.
 *
 * @param name unique in the pool
 * @param uuid may be {@code null}
 * @param cpu its pCPUs
 * @param fidelity how closely each resource is followed
 * @param memoryBytes all of its memory, Xen's own included
 * @param xenMemoryBytes what Xen keeps for itself, at least 0
 * @param memoryPolicy how its toolstack shares memory out
 * @param dom0 its control domain
 * @param pifs its NICs; devices unique together with the bonds' names
 * @param bonds its bonds
 * @param vlans its VLANs
 * @param gpus its GPUs
 */
public record HostSpec(
    String name,
    String uuid,
    CpuSpec cpu,
    FidelitySpec fidelity,
    long memoryBytes,
    long xenMemoryBytes,
    MemoryPolicySpec memoryPolicy,
    Dom0Spec dom0,
    List<PifSpec> pifs,
    List<BondSpec> bonds,
    List<VlanSpec> vlans,
    List<GpuSpec> gpus) {
  public HostSpec {
    Require.name(name, "a host");
    Require.present(cpu, "cpu of host " + name);
    Require.present(fidelity, "fidelity of host " + name);
    Require.present(memoryPolicy, "memory policy of host " + name);
    Require.present(dom0, "dom0 of host " + name);
    Require.positive(memoryBytes, "memory of host " + name + " in bytes");
    Require.notNegative(xenMemoryBytes, "Xen's memory on host " + name + " in bytes");
    if (xenMemoryBytes + dom0.memoryBytes() > memoryBytes) {
      throw new IllegalArgumentException(
          "Xen and dom0 of host "
              + name
              + " take "
              + (xenMemoryBytes + dom0.memoryBytes())
              + " bytes; expected at most the host's "
              + memoryBytes);
    }
    pifs = List.copyOf(pifs);
    bonds = List.copyOf(bonds);
    vlans = List.copyOf(vlans);
    gpus = List.copyOf(gpus);
    Require.unique(
        Stream.concat(pifs.stream().map(PifSpec::device), bonds.stream().map(BondSpec::name))
            .toList(),
        "PIFs or bonds of host " + name);
  }

  /** Creates a fluid host with the installer's dom0 and nothing but pCPUs, memory and NICs. */
  public HostSpec(String name, CpuSpec cpu, long memoryBytes, List<PifSpec> pifs) {
    this(
        name,
        null,
        cpu,
        FidelitySpec.FLUID,
        memoryBytes,
        defaultXenMemoryBytes(memoryBytes),
        MemoryPolicySpec.DEFAULT,
        Dom0Spec.installed(Dom0Sizing.CURRENT, cpu.pcpus(), memoryBytes),
        pifs,
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * Returns what Xen keeps on a host for which no sample is known: 128 MiB and 32 bytes for each
   * 4-KiB page (the frame table).
   */
  public static long defaultXenMemoryBytes(long memoryBytes) {
    return (128L << 20) + memoryBytes / 4096 * 32;
  }

  /** Returns a copy with another control domain. */
  public HostSpec with(Dom0Spec other) {
    return with(fidelity, memoryPolicy, other);
  }

  /** Returns a copy with other fidelities. */
  public HostSpec with(FidelitySpec other) {
    return with(other, memoryPolicy, dom0);
  }

  /** Returns a copy whose toolstack shares memory out otherwise. */
  public HostSpec with(MemoryPolicySpec other) {
    return with(fidelity, other, dom0);
  }

  private HostSpec with(
      FidelitySpec newFidelity, MemoryPolicySpec newMemoryPolicy, Dom0Spec newDom0) {
    return new HostSpec(
        name,
        uuid,
        cpu,
        newFidelity,
        memoryBytes,
        xenMemoryBytes,
        newMemoryPolicy,
        newDom0,
        pifs,
        bonds,
        vlans,
        gpus);
  }
}
