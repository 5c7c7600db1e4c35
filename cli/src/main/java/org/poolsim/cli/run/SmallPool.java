// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.spec.ArraySpec;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.HaSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.NetworkBackend;
import org.poolsim.pool.spec.NetworkSpec;
import org.poolsim.pool.spec.PbdSpec;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.pool.spec.StartCostSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.pool.spec.VdiSpec;
import org.poolsim.pool.spec.VifSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkingSetSpec;
import org.poolsim.storage.DeviceParameters;
import org.poolsim.storage.RaidLevel;
import org.poolsim.storage.SrType;

/** A pool with one of each: a host, its NIC, an array, an SR, a VM with a disk and a VIF. */
public final class SmallPool {
  private static final long GIB = 1L << 30;
  private static final long TEN_GIGABIT = 10_000_000_000L;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private SmallPool() {}

  /** Returns the data sources that the models register in a minute of the pool's life. */
  public static List<Description> sources() {
    Set<Description> seen = new LinkedHashSet<>();
    DataSources sources = new DataSources();
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            seen.add(source.description());
          }

          @Override
          public void removed(Owner owner, List<DataSource> gone) {
            // What was there once is fed.
          }
        });
    Pool pool =
        new Pool(
            new RunSpec(spec(), 1, MINUTE_NANOS),
            0,
            CpuFactory.AS_SPECIFIED,
            sources,
            PoolObserver.NOBODY);
    pool.run();
    return new ArrayList<>(seen);
  }

  private static PoolSpec spec() {
    HostSpec host =
        new HostSpec(
            "host",
            // Two sockets are two nodes.
            new CpuSpec(2, 4, 1, 2_500_000_000L),
            32 * GIB,
            List.of(new PifSpec("eth0", null, TEN_GIGABIT, "lan")));
    ArraySpec array =
        new ArraySpec(
            "array",
            4,
            DeviceParameters.classes().get("ssd-sata"),
            RaidLevel.RAID10,
            TEN_GIGABIT,
            12_000,
            ArraySpec.DEFAULT_QUEUE_DEPTH);
    VmSpec vm =
        VmSpec.named("vm")
            .vcpus(1)
            // The guest's agent tells of its free memory where the guest's memory is modelled.
            .memory(
                MemorySpec.fixed(2 * GIB)
                    .with(new WorkingSetSpec(GIB, GIB / 4, GIB / 4, 1000, 2, 0.5, 1_000_000)))
            .vbds(new VbdSpec("xvda", "disk", VbdSpec.Mode.READ_WRITE))
            .vifs(new VifSpec(0, "lan", null, 0))
            .build();
    return new PoolSpec(
        "pool",
        null,
        0,
        List.of(host),
        NetworkBackend.OPENVSWITCH,
        List.of(new NetworkSpec("lan", null, 1500)),
        List.of(array),
        List.of(
            new SrSpec(
                "sr",
                null,
                SrType.NFS,
                true,
                100 * GIB,
                5 * GIB,
                array.name(),
                List.of(new PbdSpec(host.name(), "eth0")))),
        List.of(new VdiSpec("disk", null, "sr", 10 * GIB, null)),
        HaSpec.OFF,
        List.of(vm),
        StartCostSpec.DEFAULT);
  }
}
