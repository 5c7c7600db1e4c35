// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolsim.memory.Scene.GIB;
import static org.poolsim.memory.Scene.MIB;
import static org.poolsim.memory.Scene.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds on every host, whatever its VMs do. */
class MemoryLawsTest {
  private static final BalloonSpec.Kind[] KINDS = {
    BalloonSpec.Kind.IDEAL,
    BalloonSpec.Kind.IDEAL,
    BalloonSpec.Kind.STUCK,
    BalloonSpec.Kind.NONE,
    BalloonSpec.Kind.LOWER_LIMIT,
    BalloonSpec.Kind.UPPER_LIMIT,
    BalloonSpec.Kind.INTERMITTENT,
    BalloonSpec.Kind.DELAYED
  };

  @Property(tries = 60)
  void memoryIsConservedAtEveryEventAndNobodyLeavesHisRange(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int vms) {
    Random random = new Random(seed);
    Scene scene = new Scene(Scene.hostOf(12 * GIB));
    List<VmMemory> all = new ArrayList<>();
    for (int i = 0; i < vms; i++) {
      all.add(scene.starting("vm" + i, randomVm(random)));
    }

    for (int event = 0; event < 6000 && scene.simulator.step(); event++) {
      scene.host.audit();
      for (VmMemory vm : all) {
        if (vm.state() == VmMemory.State.RUNNING) {
          MemoryLimits limits = vm.limits();
          assertThat(vm.targetKib()).isBetween(limits.dynamicMinKib(), limits.dynamicMaxKib());
          assertThat(vm.actualKib()).isBetween(limits.dynamicMinKib(), limits.dynamicMaxKib());
        }
      }
      if (random.nextInt(400) == 0) {
        VmMemory some = all.get(random.nextInt(vms));
        if (some.state() == VmMemory.State.HALTED) {
          some.reserve();
        } else {
          some.destroy();
        }
      }
    }
  }

  @Property(tries = 60)
  void aStartNeverTakesTheHostBelowItsReserve(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int vms) {
    Random random = new Random(seed);
    Scene scene = new Scene(Scene.hostOf(12 * GIB));
    for (int i = 0; i < vms; i++) {
      scene.starting("vm" + i, randomVm(random));
    }
    long reserve = scene.host.squeezed().hostReservedKib();
    // What squeezed's accounting may be off by: its VMs' inaccuracy.
    long tolerance = 2L * vms * BalloonSpec.PAGE_KIB;

    for (int event = 0; event < 6000 && scene.simulator.step(); event++) {
      assertThat(scene.host.freeKib()).isGreaterThanOrEqualTo(reserve - tolerance);
    }
  }

  @Property(tries = 60)
  void whereTheBalanceConvergesItIsProportional(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 12) int vms,
      @ForAll @LongRange(min = 0, max = 8192) long spareMib) {
    Random random = new Random(seed);
    List<long[]> ranges = new ArrayList<>();
    long atMin = 0;
    for (int i = 0; i < vms; i++) {
      long min = (256 + random.nextInt(1024)) * MIB;
      long max = min + (64 + random.nextInt(2048)) * MIB;
      ranges.add(new long[] {min, max});
      atMin += min + 80 * MIB;
    }
    Scene scene = new Scene(Scene.hostOf(atMin + spareMib * MIB + 72 * MIB));
    List<VmMemory> all = new ArrayList<>();
    for (int i = 0; i < vms; i++) {
      long[] range = ranges.get(i);
      all.add(scene.running("vm" + i, Scene.ranging(range[0], range[1]), range[0]));
    }

    scene.simulator.runUntil(200 * SECOND);

    // One share for all, but for a page each and the KiB that rounding loses.
    double least = 1;
    double most = 0;
    double coarsest = 0;
    for (VmMemory vm : all) {
      double range = vm.limits().dynamicMaxKib() - vm.limits().dynamicMinKib();
      double share = (vm.actualKib() - vm.limits().dynamicMinKib()) / range;
      least = Math.min(least, share);
      most = Math.max(most, share);
      coarsest = Math.max(coarsest, 6 / range);
    }
    assertThat(most - least).isLessThanOrEqualTo(2 * coarsest);
    long over = scene.host.freeKib() - scene.host.squeezed().hostReservedKib();
    assertThat(most > 1 - 2 * coarsest || over < 512 + 12L * vms).isTrue();
  }

  @Property(tries = 200)
  void theBreakdownAddsUp(
      @ForAll @LongRange(min = 64, max = 1 << 20) long staticMaxMib,
      @ForAll @IntRange(min = 1, max = 128) int vcpus) {
    for (VmMemoryBreakdown.Type type : VmMemoryBreakdown.Type.values()) {
      VmMemoryBreakdown now =
          VmMemoryBreakdown.of(
              type, staticMaxMib, staticMaxMib, 4, vcpus, 1, ToolstackVersion.SINCE_2026);
      VmMemoryBreakdown before =
          VmMemoryBreakdown.of(
              type, staticMaxMib, staticMaxMib, 4, vcpus, 1, ToolstackVersion.BEFORE_2026);
      assertThat(now.footprintMib()).isEqualTo(staticMaxMib + now.overheadMib());
      assertThat(now.overheadMib()).isGreaterThan(now.shadowMib());
      // The vCPUs' own 38 pages each are charged since 2026.
      assertThat(now.overheadMib() - before.overheadMib()).isEqualTo((38L * vcpus + 255) / 256);
    }
  }

  private static VmMemorySpec randomVm(Random random) {
    long min = (256 + random.nextInt(2048)) * MIB;
    long max = min + random.nextInt(3000) * MIB;
    BalloonSpec.Kind kind = KINDS[random.nextInt(KINDS.length)];
    double param =
        switch (kind) {
          case LOWER_LIMIT, UPPER_LIMIT -> min + (max - min) * random.nextDouble();
          case INTERMITTENT -> 1 + random.nextInt(8);
          case DELAYED -> random.nextInt(60);
          default -> 0;
        };
    BalloonSpec base = random.nextBoolean() ? BalloonSpec.linux() : BalloonSpec.windows();
    return Scene.ranging(min, max)
        .withBalloon(base.of(kind, param).atKibPerSecond((20 + random.nextInt(4000)) * MIB));
  }
}
