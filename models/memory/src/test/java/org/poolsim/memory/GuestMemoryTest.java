// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.memory.Scene.GIB;
import static org.poolsim.memory.Scene.MIB;

import org.junit.jupiter.api.Test;
import org.poolsim.engine.Event;

/** A guest that is squeezed below its working set. */
class GuestMemoryTest {
  private static final long BASE = 256 * MIB;
  private static final long WORKING_SET = 2 * GIB;
  private static final long UNIT_NANOS = 1_000_000;
  private static final long REFERENCES = 100;
  private static final long SSD_NANOS = 150_000;

  private final Scene scene = new Scene(Scene.hostOf(16 * GIB));

  /** One thread that computes for 1 ms, touches 100 pages and begins again. */
  private final class Worker extends PagedAccess {
    private final GuestMemory touched;
    private long units;
    private final Event computed =
        new Event() {
          @Override
          protected void fire() {
            if (touched.touch(Worker.this, REFERENCES)) {
              resident();
            }
          }
        };

    Worker(GuestMemory guest) {
      touched = guest;
      scene.simulator.scheduleAfter(computed, UNIT_NANOS);
    }

    @Override
    protected void resident() {
      units++;
      scene.simulator.scheduleAfter(computed, UNIT_NANOS);
    }
  }

  private GuestMemory guest(VmMemory vm, long latencyNanos) {
    return new GuestMemory(
        scene.simulator,
        scene.sources,
        vm,
        GuestMemorySpec.of(BASE, WORKING_SET, 512 * MIB),
        new StatedLatencyDevice(scene.simulator, latencyNanos, 4));
  }

  private double unitsPerSecond(long actualKib, long latencyNanos) {
    VmMemory vm = scene.running("vm" + actualKib, fixed(actualKib), actualKib);
    Worker worker = new Worker(guest(vm, latencyNanos));
    double from = scene.nowSeconds();
    scene.runTo(from + 20);
    vm.destroy();
    return worker.units / 20.0;
  }

  private static VmMemorySpec fixed(long kib) {
    return VmMemorySpec.hvm(MemoryLimits.fixed(kib), 1);
  }

  @Test
  void throughputIsFlatDownToTheWorkingSetAndBendsBelowIt() {
    double ample = unitsPerSecond(BASE + 2 * WORKING_SET, SSD_NANOS);
    double exact = unitsPerSecond(BASE + WORKING_SET, SSD_NANOS);
    double slightlyLess = unitsPerSecond(BASE + WORKING_SET * 9 / 10, SSD_NANOS);
    double half = unitsPerSecond(BASE + WORKING_SET / 2, SSD_NANOS);

    assertThat(ample).isCloseTo(1000, within(1.0));
    assertThat(exact).isEqualTo(ample);
    // 1 ms and 10 faults of 150 us; 1 ms and 50 faults.
    assertThat(slightlyLess).isCloseTo(1000 / 2.5, within(10.0));
    assertThat(half).isCloseTo(1000 / 8.5, within(5.0));
  }

  @Test
  void onADiskItCollapses() {
    double ample = unitsPerSecond(BASE + WORKING_SET, 10_000_000);
    double half = unitsPerSecond(BASE + WORKING_SET / 2, 10_000_000);
    assertThat(ample / half).isBetween(400.0, 600.0);
  }

  @Test
  void aGuestWithItsWorkingSetCostsNoEvents() {
    VmMemory vm = scene.running("vm", fixed(4 * GIB), 4 * GIB);
    GuestMemory guest = guest(vm, SSD_NANOS);
    int pending = scene.simulator.pending();

    boolean there = guest.touch(new Nobody(), 1_000_000);

    assertThat(there).isTrue();
    assertThat(scene.simulator.pending()).isEqualTo(pending);
  }

  private static final class Nobody extends PagedAccess {
    @Override
    protected void resident() {}
  }

  @Test
  void theBalloonTakesWhatIsIdleAtOnceAndWhatIsInUseAtTheSpeedOfTheDisk() {
    VmMemory vm = scene.running("vm", Scene.ranging(512 * MIB, 4 * GIB), 4 * GIB);
    GuestMemory guest = guest(vm, SSD_NANOS);
    vm.setDynamicRange(512 * MIB, 512 * MIB, () -> {});

    scene.runTo(3);
    // Idle: 4 GiB less the base and the working set.
    assertThat(vm.actualKib()).isLessThanOrEqualTo(BASE + WORKING_SET);
    assertThat(guest.missRatio()).isLessThan(0.15);
    scene.runTo(120);

    assertThat(vm.actualKib()).isLessThan(BASE + WORKING_SET * 3 / 4);
    assertThat(guest.missRatio()).isGreaterThan(0.2);
    assertThat(scene.value("vm", "memory_internal_free")).isZero();
  }

  @Test
  void whatWasTakenComesBackOnlyAsItIsMissed() {
    VmMemory vm = scene.running("vm", Scene.ranging(1 * GIB, 4 * GIB), 4 * GIB);
    GuestMemory guest = guest(vm, SSD_NANOS);
    vm.setDynamicRange(1 * GIB, 1 * GIB, () -> {});
    scene.runTo(120);
    double squeezed = guest.missRatio();
    vm.setDynamicRange(4 * GIB, 4 * GIB, () -> {});
    scene.runTo(140);
    assertThat(vm.actualKib()).isGreaterThan(3 * GIB);
    assertThat(guest.missRatio()).isEqualTo(squeezed);

    Worker worker = new Worker(guest);
    scene.runTo(160);
    double soon = guest.missRatio();
    scene.runTo(1000);

    assertThat(worker.units).isPositive();
    assertThat(soon).isLessThan(squeezed);
    assertThat(guest.missRatio()).isLessThan(0.01);
  }
}
