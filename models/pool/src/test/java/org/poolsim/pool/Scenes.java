// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.ArraySpec;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.Dom0Spec;
import org.poolsim.pool.spec.HaSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.NetworkBackend;
import org.poolsim.pool.spec.NetworkSpec;
import org.poolsim.pool.spec.PbdSpec;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.RequestSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.pool.spec.StartCostSpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.pool.spec.VdiSpec;
import org.poolsim.pool.spec.VifSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkloadSpec;
import org.poolsim.storage.Access;
import org.poolsim.storage.DeviceParameters;
import org.poolsim.storage.RaidLevel;
import org.poolsim.storage.SrType;

/** Pools for the tests. */
final class Scenes {
  static final long SECOND = 1_000_000_000L;
  static final double MILLI = 1e6;
  static final long GIB = 1L << 30;

  private Scenes() {}

  /** A host of single-threaded cores at 2.5 GHz with one 10-Gbit/s NIC on network "lan". */
  static HostSpec host(String name, int cores) {
    return new HostSpec(
        name,
        new CpuSpec(1, cores, 1, 2_500_000_000L),
        64 * GIB,
        List.of(new PifSpec("eth0", null, 10_000_000_000L, "lan")));
  }

  static HostSpec withDom0(HostSpec host, int vcpus) {
    return host.with(new Dom0Spec(vcpus, 4 * GIB, 256));
  }

  /**
   * An array of 24 SATA SSDs with an NFS SR on it, plugged on every host; a VDI for each VBD of
   * each VM.
   */
  static PoolSpec pool(List<HostSpec> hosts, List<VmSpec> vms) {
    ArraySpec array =
        new ArraySpec(
            "san",
            24,
            DeviceParameters.classes().get("ssd-sata"),
            RaidLevel.RAID10,
            25_000_000_000L,
            12_000,
            ArraySpec.DEFAULT_QUEUE_DEPTH);
    return pool(hosts, vms, array);
  }

  static PoolSpec pool(List<HostSpec> hosts, List<VmSpec> vms, ArraySpec array) {
    SrSpec sr =
        new SrSpec(
            "shared",
            null,
            SrType.NFS,
            true,
            0,
            -1,
            array.name(),
            hosts.stream().map(host -> new PbdSpec(host.name(), "eth0")).toList());
    List<VdiSpec> vdis = new ArrayList<>();
    for (VmSpec vm : vms) {
      for (VbdSpec vbd : vm.vbds()) {
        vdis.add(new VdiSpec(vbd.vdi(), null, "shared", 40 * GIB, null));
      }
    }
    return new PoolSpec(
        "test",
        null,
        0,
        hosts,
        NetworkBackend.OPENVSWITCH,
        List.of(new NetworkSpec("lan", null, 1500)),
        List.of(array),
        List.of(sr),
        vdis,
        HaSpec.OFF,
        vms,
        StartCostSpec.DEFAULT);
  }

  /** A VM of 2 GiB with a disk and a NIC. */
  static VmSpec.Builder vm(String name) {
    return VmSpec.named(name)
        .vbds(new VbdSpec("xvda", name + "/xvda", VbdSpec.Mode.READ_WRITE))
        .vifs(new VifSpec(0, "lan", null, 0));
  }

  static WorkloadSpec.Requests closed(
      String name, int clients, double thinkNanos, StepSpec... steps) {
    return new WorkloadSpec.Requests(
        name,
        new LoadSpec.Closed(clients, Distribution.exponential(thinkNanos)),
        List.of(new RequestSpec(name, steps)));
  }

  static StepSpec cpu(double meanNanos) {
    return new StepSpec.Cpu(Distribution.exponential(meanNanos));
  }

  static StepSpec read(double bytes) {
    return new StepSpec.Read(Distribution.constant(bytes), null, Access.RANDOM);
  }

  static StepSpec write(double bytes) {
    return new StepSpec.Write(Distribution.constant(bytes), null, Access.RANDOM);
  }

  static Pool assemble(RunSpec run) {
    return new Pool(run, 0, CpuFactory.FLUID, new DataSources(), PoolObserver.NOBODY);
  }

  static Pool assemble(PoolSpec pool, long seconds) {
    return assemble(new RunSpec(pool, 42, seconds * SECOND));
  }

  /** Runs a pool and audits it after every event. */
  static Pool runAudited(Pool pool, long seconds) {
    while (pool.simulator().nowNanos() < seconds * SECOND && pool.simulator().step()) {
      pool.audit();
    }
    pool.finish();
    return pool;
  }

  static Pool run(PoolSpec spec, long seconds) {
    Pool pool = assemble(spec, seconds);
    pool.run();
    return pool;
  }
}
