// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolsim.pool.Scenes.GIB;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.memory.VmMemory;
import org.poolsim.memory.xenstore.StoreDaemon;
import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.pool.spec.BalloonDriverSpec.Fault;
import org.poolsim.pool.spec.BalloonDriverSpec.Guest;
import org.poolsim.pool.spec.BootSpec;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.Dom0Spec;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemoryPolicySpec;
import org.poolsim.pool.spec.MemoryPolicySpec.Squeezing;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.RecordSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VmSpec;

/** The memory model at work in a pool. */
class BallooningTest {
  private static final BootSpec SHORT_BOOT = new BootSpec(2 * SECOND, 0, 4096);

  /** A host that leaves {@code guestBytes} to guests, squeezed's reserve not counted. */
  private static HostSpec host(long guestBytes) {
    long reserve = 72L << 20;
    HostSpec any =
        new HostSpec("host-1", new CpuSpec(1, 16, 1, 2_500_000_000L), 64 * GIB, List.of());
    return new HostSpec(
        "host-1",
        null,
        any.cpu(),
        any.fidelity(),
        guestBytes + reserve + GIB + any.dom0().memoryBytes(),
        GIB,
        MemoryPolicySpec.DEFAULT,
        any.dom0(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static VmSpec.Builder ranging(String name, long low, long high) {
    return VmSpec.named(name).boot(SHORT_BOOT).memory(MemorySpec.dynamic(low, high));
  }

  private static RunSpec run(HostSpec host, List<VmSpec> vms, long seconds, FaultSpec... faults) {
    return new RunSpec(
        new PoolSpec("p", List.of(host), vms),
        1,
        seconds * SECOND,
        List.of(faults),
        List.of(),
        SaturationSpec.DEFAULT,
        RecordSpec.DEFAULT);
  }

  private static long actual(Pool pool, String vm) {
    return pool.vm(vm).memory().actualKib();
  }

  private static long count(Pool pool, PoolEvent.Kind kind) {
    return pool.events().stream().filter(event -> event.kind() == kind).count();
  }

  @Test
  void whoRunsAlreadyHasWhatABalanceWouldHaveLeft() {
    List<VmSpec> vms =
        List.of(ranging("a", GIB, 3 * GIB).build(), ranging("b", 2 * GIB, 6 * GIB).build());
    Pool pool = Scenes.assemble(run(host(6 * GIB), vms, 60));
    pool.audit();

    // 3 GiB less the overheads over ranges of 2 and 4 GiB: half of each.
    double a = (double) (actual(pool, "a") - (1 << 20)) / (2 << 20);
    double b = (double) (actual(pool, "b") - (2 << 20)) / (4 << 20);
    assertThat(a).isBetween(0.48, 0.5);
    assertThat(b).isCloseTo(a, org.assertj.core.data.Offset.offset(1e-5));

    Scenes.runAudited(pool, 60);
    assertThat(pool.host("host-1").hostMemory().squeezed().balances()).isZero();
  }

  /** A VM whose range may be anything up to 4 GiB. */
  private static VmSpec.Builder upTo4(String name, long low, long high) {
    return VmSpec.named(name).boot(SHORT_BOOT).memory(new MemorySpec(0, low, high, 4 * GIB));
  }

  @Test
  void anotherDynamicRangeTakesEffectThroughABalance() {
    List<VmSpec> vms = List.of(upTo4("a", GIB, 4 * GIB).build(), upTo4("b", GIB, 4 * GIB).build());
    long high = 4 * GIB;
    long low = high - GIB / 2;
    Pool pool =
        Scenes.assemble(
            run(
                host(6 * GIB),
                vms,
                300,
                new FaultSpec.VmDynamicRange(20 * SECOND, "a", low, high),
                // Both at 4 GiB do not fit: it is refused, and nothing changes.
                new FaultSpec.VmDynamicRange(100 * SECOND, "b", high, high),
                new FaultSpec.VmDynamicRange(150 * SECOND, "b", GIB, GIB),
                new FaultSpec.VmDynamicRange(200 * SECOND, "a", 2 * GIB, 2 * GIB)));
    assertThat(actual(pool, "a")).isBetween(2900L << 10, 3072L << 10);
    double committed = pool.host("host-1").memory().committedFraction();
    runAuditedTo(pool, 90);
    assertThat(actual(pool, "a")).isGreaterThanOrEqualTo(low / 1024);
    assertThat(actual(pool, "b")).isLessThanOrEqualTo((6 * GIB - low) / 1024);
    assertThat(pool.host("host-1").memory().committedFraction())
        .as("what is promised grows by 2.5 GiB of %s", pool.host("host-1").spec().memoryBytes())
        .isCloseTo(
            committed + 2.5 * GIB / pool.host("host-1").spec().memoryBytes(),
            org.assertj.core.data.Offset.offset(1e-9));
    long before = actual(pool, "b");
    runAuditedTo(pool, 149);
    assertThat(actual(pool, "b")).isEqualTo(before);
    assertThat(count(pool, PoolEvent.Kind.MEMORY_RANGE_REFUSED)).isEqualTo(1);
    runAuditedTo(pool, 199);
    assertThat(actual(pool, "b")).isEqualTo(GIB / 1024);
    assertThat(actual(pool, "a")).as("all that b has left").isEqualTo(high / 1024);
    Scenes.runAudited(pool, 300);
    assertThat(actual(pool, "a")).isEqualTo(2 * GIB / 1024);
    assertThat(count(pool, PoolEvent.Kind.VM_MEMORY_RANGE)).isEqualTo(3);
  }

  private static void runAuditedTo(Pool pool, long seconds) {
    while (pool.simulator().nowNanos() < seconds * SECOND && pool.simulator().step()) {
      pool.audit();
    }
  }

  @Test
  void theNextStartOfAHaltedVmHasTheNewRangeAndAStartIsNotDisturbed() {
    List<VmSpec> vms =
        List.of(
            upTo4("late", 3 * GIB, 4 * GIB).start(new StartSpec(30 * SECOND, 0)).build(),
            VmSpec.named("fixed").memory(MemorySpec.fixed(GIB)).build());
    Pool pool =
        Scenes.assemble(
            run(
                host(8 * GIB),
                vms,
                120,
                new FaultSpec.VmDynamicRange(10 * SECOND, "late", GIB, 2 * GIB),
                new FaultSpec.VmDynamicRange(30 * SECOND + SECOND / 10, "late", GIB, GIB),
                new FaultSpec.VmCrash(80 * SECOND, "late"),
                new FaultSpec.VmStart(90 * SECOND, "late")));
    runAuditedTo(pool, 70);
    assertThat(actual(pool, "late")).isEqualTo(2 * GIB / 1024);
    assertThat(pool.events())
        .extracting(PoolEvent::text)
        .contains(
            "late is to have 1024 to 2048 MiB of memory",
            "late does not get 1024 to 1024 MiB of memory: it is starting");
    Scenes.runAudited(pool, 120);
    assertThat(pool.vm("late").state()).isEqualTo(VmState.RUNNING);
    assertThat(actual(pool, "late")).as("for good").isEqualTo(2 * GIB / 1024);
  }

  @Test
  void whoRunsAlreadyStandsInTheXenstoreThatTheCDaemonGoesThrough() {
    long alone = storeNanosOfAStart(0);
    long among = storeNanosOfAStart(40);
    assertThat(among).isGreaterThan(alone + alone / 10);
  }

  /** dom0's time for the xenstore while one VM starts beside others that run already. */
  private static long storeNanosOfAStart(int others) {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < others; i++) {
      vms.add(VmSpec.named("vm-" + i).memory(MemorySpec.fixed(GIB / 4)).build());
    }
    vms.add(
        VmSpec.named("late")
            .boot(SHORT_BOOT)
            .memory(MemorySpec.fixed(GIB))
            .start(new StartSpec(SECOND, 0))
            .build());
    HostSpec plain = host(24 * GIB);
    HostSpec host =
        plain.with(
            new Dom0Spec(
                plain.dom0().vcpus(),
                plain.dom0().memoryBytes(),
                plain.dom0().weight(),
                StoreDaemon.C_XENSTORED));
    Pool pool = Scenes.assemble(run(host, vms, 120));
    runAuditedTo(pool, 60);
    return pool.host("host-1").storeCpuNanos();
  }

  @Test
  void theStoreForgetsAVmThatEndsAndNobodyAsksThatOfAHostThatIsGone() {
    List<VmSpec> vms =
        List.of(
            VmSpec.named("one").memory(MemorySpec.fixed(GIB)).build(),
            VmSpec.named("two").memory(MemorySpec.fixed(GIB)).build());
    FaultSpec shutdown = new FaultSpec.VmShutdown(SECOND, "one");
    Pool ended = Scenes.assemble(run(host(24 * GIB), vms, 60, shutdown));
    runAuditedTo(ended, 60);
    assertThat(ended.host("host-1").storeCpuNanos()).isPositive();
    Pool crashed =
        Scenes.assemble(run(host(24 * GIB), vms, 60, new FaultSpec.HostCrash(SECOND, "host-1")));
    runAuditedTo(crashed, 60);
    assertThat(crashed.vm("two").state()).isEqualTo(VmState.HALTED);
    assertThat(crashed.host("host-1").storeCpuNanos()).isZero();
  }

  @Test
  void vmsWithFixedMemoryCostNoEventsOnceTheyRun() {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      VmSpec.Builder vm = VmSpec.named("vm-" + i).boot(SHORT_BOOT).memory(MemorySpec.fixed(GIB));
      vms.add((i < 10 ? vm : vm.start(new StartSpec(SECOND, 0))).build());
    }
    Pool pool = Scenes.assemble(run(host(24 * GIB), vms, 3600));
    pool.simulator().runUntil(600 * SECOND);
    assertThat(pool.vms()).allMatch(vm -> vm.state() == VmState.RUNNING);
    long before = pool.simulator().eventsFired();
    pool.run();

    // The windows of 10 s in which levels are measured are all that happens.
    assertThat(pool.simulator().eventsFired() - before).isEqualTo(300);
  }

  @Test
  void aStartSqueezesTheOthersAndItsEndGivesTheMemoryBack() {
    List<VmSpec> vms =
        List.of(
            ranging("a", GIB, 4 * GIB).build(),
            ranging("b", GIB, 4 * GIB).build(),
            ranging("c", GIB, 4 * GIB).start(new StartSpec(10 * SECOND, 0)).build());
    Pool pool =
        Scenes.assemble(
            run(host(8 * GIB + (256L << 20)), vms, 200, new FaultSpec.VmCrash(100 * SECOND, "c")));
    assertThat(actual(pool, "a")).isEqualTo(4L << 20);
    while (pool.simulator().nowNanos() < 90 * SECOND && pool.simulator().step()) {
      pool.audit();
    }
    // 8 GiB for three.
    for (String name : List.of("a", "b", "c")) {
      assertThat(actual(pool, name) / 1024.0).isBetween(2650.0, 2800.0);
    }
    assertThat(pool.vm("c").state()).isEqualTo(VmState.RUNNING);

    Scenes.runAudited(pool, 200);
    assertThat(pool.vm("c").memory()).isNull();
    assertThat(actual(pool, "a")).isBetween((4L << 20) - 8, 4L << 20);
    assertThat(pool.metrics().find("host.memory_reclaimed").orElseThrow().values().max())
        .isGreaterThan(0.2);
  }

  @Test
  void aBootStormWaitsForTheBalloonsOfThoseThatBoot() {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      vms.add(
          ranging("vm-" + i, GIB, 4 * GIB)
              .boot(new BootSpec(15 * SECOND, 0, 4096))
              .start(new StartSpec(SECOND, 0))
              .build());
    }
    Pool pool = Scenes.assemble(run(host(9 * GIB), vms, 300));
    Scenes.runAudited(pool, 300);

    // Two take all that there is; the others wait until these can balloon.
    assertThat(pool.vms()).allSatisfy(vm -> assertThat(vm.state()).isEqualTo(VmState.RUNNING));
    assertThat(count(pool, PoolEvent.Kind.MEMORY_REFUSED)).isPositive();
    MetricSeries.Values waits = pool.metrics().find("vm.memory_wait_time").orElseThrow().values();
    assertThat(waits.count()).isEqualTo(8);
    assertThat(waits.min()).isLessThan(0.1 * SECOND);
    assertThat(waits.max()).isGreaterThan(10.0 * SECOND);
    assertThat(pool.events())
        .filteredOn(event -> event.kind() == PoolEvent.Kind.MEMORY_REFUSED)
        .first()
        .satisfies(
            event -> assertThat(event.text()).contains("waits for memory on host-1: it needs"));
  }

  @Test
  void aStartIsGivenUpAfterAMinuteAndBlamesWhoDoesNotBalloon() {
    VmSpec stuck =
        ranging("stuck", GIB, 4 * GIB)
            .memory(
                MemorySpec.dynamic(GIB, 4 * GIB)
                    .with(new BalloonDriverSpec(Guest.LINUX, 0, Fault.STUCK, 0, -1)))
            .build();
    VmSpec late = ranging("late", 2 * GIB, 2 * GIB).start(new StartSpec(5 * SECOND, 0)).build();
    Pool pool = Scenes.assemble(run(host(4 * GIB + (128L << 20)), List.of(stuck, late), 120));
    Scenes.runAudited(pool, 120);

    assertThat(pool.vm("late").state()).isEqualTo(VmState.HALTED);
    PoolEvent given =
        pool.events().stream()
            .filter(event -> event.kind() == PoolEvent.Kind.START_GIVEN_UP)
            .findFirst()
            .orElseThrow();
    assertThat(given.atNanos()).isBetween(65 * SECOND, 90 * SECOND);
    assertThat(given.text()).contains("late not started on host-1").endsWith("blamed: stuck");
    assertThat(count(pool, PoolEvent.Kind.MEMORY_REFUSED)).isBetween(3L, 6L);
  }

  @Test
  void vmsOnTheirTargetsCostNoEvents() {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      vms.add(ranging("vm-" + i, 64L << 20, 256L << 20).build());
    }
    Pool pool = Scenes.assemble(run(host(12 * GIB), vms, 3700));
    pool.simulator().runUntil(60 * SECOND);
    long before = pool.simulator().eventsFired();
    pool.simulator().runUntil(3660 * SECOND);
    // The meter's windows of 10 s, and nothing else.
    assertThat(pool.simulator().eventsFired() - before).isEqualTo(360);
  }

  @Test
  void aHostThatBalloonsCanEmptyIsNotSaturated() {
    List<VmSpec> vms =
        List.of(ranging("a", GIB, 8 * GIB).build(), ranging("b", GIB, 8 * GIB).build());
    Pool pool = Scenes.runAudited(Scenes.assemble(run(host(12 * GIB), vms, 120)), 120);
    MetricSeries.Values used = pool.metrics().find("host.memory_used").orElseThrow().values();
    MetricSeries.Values committed =
        pool.metrics().find("host.memory_committed").orElseThrow().values();
    assertThat(used.min()).isGreaterThan(0.99);
    Saturation.Finding finding =
        pool.saturation().findings().stream()
            .filter(each -> each.resource() == SaturatedResource.MEMORY)
            .findFirst()
            .orElseThrow();
    assertThat(finding.isSaturated()).isFalse();
    assertThat(finding.highest()).isBetween(committed.max() - 1e-4, committed.max() + 1e-4);
  }

  @Test
  void aSlowBalloonHoldsUpTheStartAndIsFlaggedMeanwhile() {
    VmSpec slow =
        ranging("slow", GIB, 4 * GIB)
            .memory(
                MemorySpec.dynamic(GIB, 4 * GIB)
                    .with(new BalloonDriverSpec(Guest.LINUX, 20 << 20, Fault.NONE, 0, -1)))
            .build();
    VmSpec late = ranging("late", 2 * GIB, 2 * GIB).start(new StartSpec(5 * SECOND, 0)).build();
    Pool pool = Scenes.assemble(run(host(4 * GIB + (128L << 20)), List.of(slow, late), 200));
    Scenes.runAudited(pool, 200);

    assertThat(pool.vm("late").state()).isEqualTo(VmState.RUNNING);
    assertThat(count(pool, PoolEvent.Kind.MEMORY_REFUSED)).isZero();
    // 1.95 GiB at 20 MiB/s.
    assertThat(pool.metrics().find("vm.memory_wait_time").orElseThrow().values().max())
        .isBetween(95.0 * SECOND, 105.0 * SECOND);
    assertThat(pool.events())
        .extracting(PoolEvent::kind)
        .containsExactly(
            PoolEvent.Kind.VM_STARTING,
            PoolEvent.Kind.VM_UNCOOPERATIVE,
            PoolEvent.Kind.VM_COOPERATIVE,
            PoolEvent.Kind.VM_RUNNING);
  }

  private static Pool oscillating(Squeezing squeezing) {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      vms.add(ranging("vm-" + i, GIB, 4 * GIB).build());
    }
    vms.add(
        ranging("small", GIB, 4 * GIB)
            .memory(
                MemorySpec.dynamic(GIB, 4 * GIB)
                    .with(new BalloonDriverSpec(Guest.LINUX, 0, Fault.UPPER_LIMIT, 2 * GIB, -1)))
            .build());
    HostSpec host = host(11 * GIB + (256L << 20));
    return Scenes.assemble(
        run(
            host.with(
                new MemoryPolicySpec(
                    host.memoryPolicy().toolstack(), squeezing, host.memoryPolicy().numa())),
            vms,
            400));
  }

  @Test
  void oneVmThatCannotGrowKeepsTheOthersSwinging() {
    Pool faithful = Scenes.runAudited(oscillating(Squeezing.FAITHFUL), 400);
    Pool intended = Scenes.runAudited(oscillating(Squeezing.INTENDED), 400);

    // A cycle of some 18 s: down when the call presumes the small one active, up when it is stuck.
    long swings = faithful.host("host-1").hostMemory().squeezed().balances();
    assertThat(swings).isBetween(18L, 28L);
    assertThat(intended.host("host-1").hostMemory().squeezed().balances()).isLessThan(5);
  }

  @Test
  void aCrashedHostHasNoMemoryThatSomebodyHolds() {
    List<VmSpec> vms =
        List.of(
            ranging("a", GIB, 4 * GIB).build(),
            ranging("b", GIB, 4 * GIB).start(new StartSpec(4 * SECOND, 0)).build(),
            ranging("c", GIB, 4 * GIB).start(new StartSpec(SECOND, 0)).build());
    Pool pool =
        Scenes.assemble(
            run(host(6 * GIB), vms, 60, new FaultSpec.HostCrash(4_300_000_000L, "host-1")));
    Scenes.runAudited(pool, 60);

    PoolHost host = pool.host("host-1");
    assertThat(host.hostMemory().domains()).isEmpty();
    assertThat(host.hostMemory().squeezed().reservedKib()).isZero();
    assertThat(host.freeMemoryBytes())
        .isEqualTo(
            host.spec().memoryBytes()
                - host.spec().xenMemoryBytes()
                - host.spec().dom0().memoryBytes());
  }

  @Test
  void theNumaPlannersChoiceBecomesTheVcpusSoftAffinity() {
    HostSpec host =
        new HostSpec("host-1", new CpuSpec(2, 8, 1, 2_500_000_000L), 64 * GIB, List.of());
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      vms.add(ranging("vm-" + i, 4 * GIB, 4 * GIB).vcpus(2).build());
    }
    Pool pool = Scenes.assemble(run(host, vms, 10));

    for (int i = 0; i < 4; i++) {
      VmMemory memory = pool.vm("vm-" + i).memory();
      int node = i % 2;
      assertThat(memory.heldKib(node)).isGreaterThan(4L << 20);
      assertThat(memory.heldKib(1 - node)).isZero();
      assertThat(memory.softAffinity().nextSetBit(0)).isEqualTo(node * 8);
      assertThat(memory.softAffinity().cardinality()).isEqualTo(8);
      CpuDomain domain = pool.vm("vm-" + i).domain();
      assertThat(domain.vcpus()).isEqualTo(2);
    }
  }
}
