// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.poolsim.memory.HostMemory;
import org.poolsim.memory.MemoryLimits;
import org.poolsim.memory.VmMemory;
import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.pool.spec.BalloonDriverSpec.Fault;
import org.poolsim.pool.spec.BalloonDriverSpec.Guest;
import org.poolsim.pool.spec.BootSpec;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.RecordSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VmSpec;

/** What holds in every pool, whatever its VMs and their drivers do. */
class BallooningLawsTest {
  private static final long MIB = 1 << 20;
  private static final long SECONDS = 240;

  private static VmSpec vm(String name, Random random) {
    long low = (256 + random.nextInt(2048)) * MIB;
    long high = low + random.nextInt(3000) * MIB;
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    long param =
        switch (fault) {
          case NONE, STUCK -> 0;
          case LOWER_LIMIT, UPPER_LIMIT -> low + (long) (random.nextDouble() * (high - low));
          case INTERMITTENT, DELAYED -> SECOND + random.nextInt(60) * SECOND;
        };
    Guest guest = Guest.values()[random.nextInt(Guest.values().length)];
    VmSpec.Builder vm =
        VmSpec.named(name)
            .boot(new BootSpec((1 + random.nextInt(20)) * SECOND, 0, 4096))
            .memory(
                MemorySpec.dynamic(low, high)
                    .with(
                        new BalloonDriverSpec(
                            guest, (20.0 + random.nextInt(4000)) * MIB, fault, param, -1)));
    if (random.nextInt(3) > 0) {
      vm.start(new StartSpec(random.nextInt(60) * SECOND, 0));
    }
    return vm.build();
  }

  private static RunSpec run(Random random, int count) {
    List<VmSpec> vms = new ArrayList<>();
    List<FaultSpec> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vms.add(vm("vm-" + i, random));
      if (random.nextInt(3) == 0) {
        faults.add(new FaultSpec.VmCrash(random.nextInt(150) * SECOND, "vm-" + i));
        faults.add(new FaultSpec.VmStart((150 + random.nextInt(30)) * SECOND, "vm-" + i));
      }
    }
    HostSpec host =
        new HostSpec("host-1", new CpuSpec(2, 8, 1, 2_500_000_000L), 16384 * MIB, List.of());
    return new RunSpec(
        new PoolSpec("p", List.of(host), vms),
        1,
        SECONDS * SECOND,
        faults,
        List.of(),
        SaturationSpec.DEFAULT,
        RecordSpec.DEFAULT);
  }

  @Property(tries = 40)
  void memoryIsConservedNobodyLeavesItsRangeAndTheReserveStays(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    Pool pool = Scenes.assemble(run(new Random(seed), count));
    HostMemory host = pool.host("host-1").hostMemory();
    long least = host.squeezed().hostReservedKib() - 8L * count;
    while (pool.simulator().nowNanos() < SECONDS * SECOND && pool.simulator().step()) {
      pool.audit();
      assertThat(host.freeKib()).isGreaterThanOrEqualTo(least);
      for (VmMemory vm : host.domains()) {
        if (vm.state() == VmMemory.State.RUNNING) {
          MemoryLimits limits = vm.limits();
          assertThat(vm.targetKib()).isBetween(limits.dynamicMinKib(), limits.dynamicMaxKib());
          assertThat(vm.actualKib()).isBetween(limits.dynamicMinKib(), limits.dynamicMaxKib());
        }
      }
    }
    pool.finish();
    // Each start has ended in one of four ways, or is under way.
    for (PoolVm vm : pool.vms()) {
      assertThat(vm.memory() == null).isEqualTo(vm.host() == null);
    }
  }
}
