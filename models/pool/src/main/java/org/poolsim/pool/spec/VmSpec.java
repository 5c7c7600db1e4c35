// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A VM.
 *
 * @param name unique in the pool
 * @param uuid may be {@code null}
 * @param type how it is virtualised
 * @param vcpus 1 to 4096
 * @param weight scheduling weight, 1 to 65535; 256 is Xen's default
 * @param capPercent cap in percent of one pCPU; 0 is none
 * @param affinity hard affinity as the toolstack's {@code mask}: pCPUs per vCPU, the first entry
 *     for every vCPU beyond the list; empty is all
 * @param softAffinity the pCPUs that the vCPUs prefer, likewise
 * @param realTime period and budget of each vCPU where the host's scheduler has them; may be {@code
 *     null}
 * @param memory its limits
 * @param vbds its disks; the first is the one that it boots from
 * @param vifs its NICs
 * @param host the host that it must run on; {@code null} to have it placed
 * @param start when it starts; {@code null} for never. Without meaning when it runs at time 0
 * @param powerState its state at time 0
 * @param boot the work of its boot
 * @param workloads what it does while it runs; names unique in the VM
 */
public record VmSpec(
    String name,
    String uuid,
    DomainType type,
    int vcpus,
    int weight,
    int capPercent,
    List<List<Integer>> affinity,
    List<List<Integer>> softAffinity,
    RealTimeSpec realTime,
    MemorySpec memory,
    List<VbdSpec> vbds,
    List<VifSpec> vifs,
    String host,
    StartSpec start,
    PowerState powerState,
    BootSpec boot,
    List<WorkloadSpec> workloads) {
  public VmSpec {
    Require.name(name, "a VM");
    Require.present(type, "the type of VM " + name);
    Require.between(vcpus, 1, 4096, "vCPUs of VM " + name);
    Require.between(weight, 1, 65_535, "weight of VM " + name);
    Require.between(capPercent, 0, 100L * vcpus, "cap of VM " + name + " in percent of one pCPU");
    Require.present(memory, "memory of VM " + name);
    Require.present(powerState, "power state of VM " + name);
    Require.present(boot, "boot of VM " + name);
    affinity = masks(affinity, name);
    softAffinity = masks(softAffinity, name);
    vbds = List.copyOf(vbds);
    vifs = List.copyOf(vifs);
    workloads = List.copyOf(workloads);
    Require.unique(vbds.stream().map(VbdSpec::device).toList(), "VBDs of VM " + name);
    Require.unique(
        vifs.stream().map(vif -> Integer.toString(vif.device())).toList(), "VIFs of VM " + name);
    Require.unique(workloads.stream().map(WorkloadSpec::name).toList(), "workloads of VM " + name);
  }

  private static List<List<Integer>> masks(List<List<Integer>> given, String name) {
    List<List<Integer>> masks = new ArrayList<>();
    for (List<Integer> mask : given) {
      Require.notEmpty(mask, "a mask in the affinity of VM " + name);
      masks.add(List.copyOf(mask));
    }
    return List.copyOf(masks);
  }

  /**
   * Starts the description of an HVM VM that runs at time 0, is placed by the pool and does
   * nothing.
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private final String name;
    private String uuid;
    private DomainType type = DomainType.HVM;
    private int vcpus = 1;
    private int weight = 256;
    private int capPercent;
    private List<List<Integer>> affinity = List.of();
    private List<List<Integer>> softAffinity = List.of();
    private RealTimeSpec realTime;
    private MemorySpec memory = MemorySpec.fixed(2L << 30);
    private List<VbdSpec> vbds = List.of();
    private List<VifSpec> vifs = List.of();
    private String host;
    private StartSpec start;
    private PowerState powerState = PowerState.RUNNING;
    private BootSpec boot = BootSpec.DEFAULT;
    private List<WorkloadSpec> workloads = List.of();

    private Builder(String name) {
      this.name = name;
    }

    public Builder uuid(String value) {
      uuid = value;
      return this;
    }

    public Builder type(DomainType value) {
      type = value;
      return this;
    }

    public Builder vcpus(int value) {
      vcpus = value;
      return this;
    }

    public Builder weight(int value) {
      weight = value;
      return this;
    }

    public Builder capPercent(int value) {
      capPercent = value;
      return this;
    }

    public Builder affinity(List<List<Integer>> value) {
      affinity = value;
      return this;
    }

    public Builder softAffinity(List<List<Integer>> value) {
      softAffinity = value;
      return this;
    }

    public Builder realTime(RealTimeSpec value) {
      realTime = value;
      return this;
    }

    public Builder memory(MemorySpec value) {
      memory = value;
      return this;
    }

    public Builder vbds(VbdSpec... values) {
      vbds = List.of(values);
      return this;
    }

    public Builder vifs(VifSpec... values) {
      vifs = List.of(values);
      return this;
    }

    public Builder host(String value) {
      host = value;
      return this;
    }

    /** Halted at time 0, started as {@code value} says. */
    public Builder start(StartSpec value) {
      start = value;
      powerState = PowerState.HALTED;
      return this;
    }

    public Builder powerState(PowerState value) {
      powerState = value;
      return this;
    }

    public Builder boot(BootSpec value) {
      boot = value;
      return this;
    }

    public Builder workloads(WorkloadSpec... values) {
      workloads = List.of(values);
      return this;
    }

    public Builder workloads(List<WorkloadSpec> values) {
      workloads = values;
      return this;
    }

    /** Returns the VM as described. */
    public VmSpec build() {
      return new VmSpec(
          name,
          uuid,
          type,
          vcpus,
          weight,
          capPercent,
          affinity,
          softAffinity,
          realTime,
          memory,
          vbds,
          vifs,
          host,
          start,
          powerState,
          boot,
          workloads);
    }
  }
}
