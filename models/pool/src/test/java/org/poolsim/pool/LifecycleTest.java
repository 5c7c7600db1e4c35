// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.GIB;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.pool.spec.BootSpec;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.Profiles;
import org.poolsim.pool.spec.RecordSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkloadSpec;

class LifecycleTest {
  private static final BootSpec SHORT_BOOT = new BootSpec(SECOND, 100, 4096);

  private static RunSpec run(PoolSpec pool, long seconds, FaultSpec... faults) {
    return new RunSpec(
        pool,
        7,
        seconds * SECOND,
        List.of(faults),
        List.of(),
        SaturationSpec.DEFAULT,
        RecordSpec.DEFAULT);
  }

  private static VmSpec.Builder booting(String name) {
    return Scenes.vm(name).boot(SHORT_BOOT).start(new StartSpec(10 * SECOND, 0));
  }

  @Test
  void startTakesTheToolstacksTimesAndThenTheGuestsBoot() {
    Pool pool =
        Scenes.assemble(
            Scenes.pool(List.of(Scenes.host("host-1", 8)), List.of(booting("vm").build())), 60);
    pool.simulator().runUntil(10 * SECOND);
    assertThat(pool.vm("vm").state()).isEqualTo(VmState.STARTING);
    pool.simulator().runUntil(13 * SECOND);
    assertThat(pool.vm("vm").state()).isEqualTo(VmState.BOOTING);
    pool.run();

    assertThat(pool.vm("vm").state()).isEqualTo(VmState.RUNNING);
    // 50 ms placed, 10 ms in five calls and looks of squeezed, 8 ms of xenstore, 150 ms created,
    // 200 + 2 x 350 ms
    // built, 400 ms plugged, 700 ms device model,
    // then 1 s of CPU and 100
    // reads of some 190 us.
    double boot = pool.metrics().bootTime().values().mean() / SECOND;
    assertThat(boot).isBetween(2.2 + 0.018 + 1 + 0.018, 2.2 + 0.018 + 1 + 0.022);
    assertThat(pool.events())
        .extracting(PoolEvent::kind)
        .containsExactly(PoolEvent.Kind.VM_STARTING, PoolEvent.Kind.VM_RUNNING);
  }

  @Test
  void bootStormQueuesForTheFourWorkers() {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      vms.add(booting("vm-" + i).build());
    }
    Pool pool = Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 32)), vms), 120);

    MetricSeries.Values boot = pool.metrics().bootTime().values();
    assertThat(boot.count()).isEqualTo(24);
    assertThat(boot.min() / SECOND).isLessThan(3.5);
    // Six turns of 2.15 s each.
    assertThat(boot.max() / SECOND).isBetween(6 * 2.15, 6 * 2.15 + 3);
  }

  @Test
  void startsAreSpreadWithoutDisturbingEachOther() {
    VmSpec first = Scenes.vm("a").start(new StartSpec(0, 100 * SECOND)).build();
    VmSpec second = Scenes.vm("b").start(new StartSpec(0, 100 * SECOND)).build();
    HostSpec host = Scenes.host("host-1", 8);
    Pool both = Scenes.run(Scenes.pool(List.of(host), List.of(first, second)), 200);
    Pool one = Scenes.run(Scenes.pool(List.of(host), List.of(second)), 200);

    PoolEvent in = starting(both, "b");
    assertThat(in).isEqualTo(starting(one, "b"));
    assertThat(in.atNanos()).isNotEqualTo(starting(both, "a").atNanos());
  }

  private static PoolEvent starting(Pool pool, String vm) {
    return pool.events().stream()
        .filter(e -> e.kind() == PoolEvent.Kind.VM_STARTING && e.entity().equals(vm))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void placementTakesTheHostWithMostFreeMemoryAndRefusesWhenNoneHasEnough() {
    HostSpec small = new HostSpec("small", Scenes.host("x", 8).cpu(), 16 * GIB, List.of());
    HostSpec large = new HostSpec("large", Scenes.host("x", 8).cpu(), 32 * GIB, List.of());
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      vms.add(VmSpec.named("vm-" + i).memory(MemorySpec.fixed(8 * GIB)).build());
    }
    Pool pool = Scenes.assemble(run(new PoolSpec("p", List.of(small, large), vms), 10));

    assertThat(pool.vm("vm-0").host().name()).isEqualTo("large");
    assertThat(pool.vm("vm-1").host().name()).isEqualTo("large");
    assertThat(pool.vms().stream().filter(vm -> vm.state() == VmState.HALTED).map(PoolVm::name))
        .containsExactly("vm-4");
    assertThat(pool.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(PoolEvent.Kind.START_REFUSED);
              assertThat(event.text()).startsWith("vm-4 not running: it needs 82");
            });
    pool.audit();
  }

  @Test
  void amongHostsWithEqualMemoryTheOneWithFewerVcpusPlacedIsTaken() {
    // Four vCPUs more take 4 MiB of overhead more: both are promised 2066 MiB.
    VmSpec many = onHost("many", "host-1", 5, 2044);
    VmSpec few = onHost("few", "host-2", 1, 2048);
    VmSpec next = VmSpec.named("next").build();
    VmSpec last = VmSpec.named("last").boot(SHORT_BOOT).start(new StartSpec(2 * SECOND, 0)).build();
    PoolSpec spec =
        new PoolSpec(
            "p",
            List.of(Scenes.host("host-1", 8), Scenes.host("host-2", 8)),
            List.of(many, few, next, last));
    Pool pool =
        Scenes.assemble(
            run(
                spec,
                20,
                new FaultSpec.VmCrash(SECOND, "many"),
                new FaultSpec.VmCrash(SECOND, "few"),
                new FaultSpec.VmCrash(SECOND, "next")));
    assertThat(pool.host("host-1").freeMemoryBytes())
        .as("equal before the third was placed")
        .isEqualTo(
            pool.host("host-2").freeMemoryBytes() + pool.vm("next").memory().heldKib(0) * 1024);
    assertThat(pool.vm("next").host().name()).isEqualTo("host-2");
    Scenes.runAudited(pool, 20);

    assertThat(pool.vm("last").host().name()).isEqualTo("host-1");
  }

  private static VmSpec onHost(String name, String host, int vcpus, long mib) {
    return VmSpec.named(name).host(host).vcpus(vcpus).memory(MemorySpec.fixed(mib << 20)).build();
  }

  @Test
  void hostCrashHaltsItsVmsAndTheyCanBeStartedElsewhere() {
    HostSpec one = Scenes.host("host-1", 8);
    HostSpec two = Scenes.host("host-2", 8);
    List<VmSpec> vms = new ArrayList<>();
    Profiles profiles = new Profiles();
    for (int i = 0; i < 6; i++) {
      vms.add(
          Scenes.vm("vm-" + i).boot(SHORT_BOOT).workloads(profiles.workloads("database")).build());
    }
    Pool pool =
        Scenes.assemble(
            run(
                Scenes.pool(List.of(one, two), vms),
                20,
                new FaultSpec.HostCrash(5 * SECOND, "host-1"),
                new FaultSpec.VmStart(6 * SECOND, "vm-0"),
                new FaultSpec.VmCrash(7 * SECOND, "vm-1"),
                new FaultSpec.VmShutdown(8 * SECOND, "vm-3")));
    assertThat(pool.host("host-1").vms()).hasSize(3);
    Scenes.runAudited(pool, 20);

    assertThat(pool.host("host-1").isUp()).isFalse();
    assertThat(pool.host("host-1").vms()).isEmpty();
    assertThat(pool.vm("vm-0").host().name()).isEqualTo("host-2");
    assertThat(pool.vm("vm-0").state()).isEqualTo(VmState.RUNNING);
    assertThat(pool.vm("vm-1").state()).isEqualTo(VmState.HALTED);
    assertThat(pool.vm("vm-2").state()).isEqualTo(VmState.HALTED);
    assertThat(pool.vm("vm-3").state()).isEqualTo(VmState.HALTED);
    assertThat(pool.vm("vm-5").state()).isEqualTo(VmState.RUNNING);
    assertThat(pool.events()).extracting(PoolEvent::text).startsWith("host-1 died with 3 VMs");
  }

  /** Figures are means over windows; the one in which a host dies is shorter, not lost. */
  @Test
  void whatAHostDidUntilItDiedIsMeasured() {
    VmSpec busy = Scenes.vm("busy").workloads(new WorkloadSpec.Constant("full", 1, 1)).build();
    for (int windows = 1; windows <= 3; windows++) {
      for (long left : new long[] {0, 4 * SECOND}) {
        long death = windows * RecordSpec.DEFAULT.windowNanos() - left;
        Pool pool =
            Scenes.assemble(
                run(
                    Scenes.pool(List.of(Scenes.host("host-1", 4)), List.of(busy)),
                    60,
                    new FaultSpec.HostCrash(death, "host-1")));
        Scenes.runAudited(pool, 60);
        MetricSeries.Values cpu = pool.metrics().find("host.guest_cpu").orElseThrow().values();
        assertThat(cpu.count()).isEqualTo(windows);
        assertThat(cpu.min()).isEqualTo(0.25, within(1e-3));
      }
    }
  }

  @Test
  void dataSourcesComeAndGoWithTheirOwners() {
    DataSources sources = new DataSources();
    List<String> gone = new ArrayList<>();
    List<String> names = new ArrayList<>();
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            names.add(source.description().owner().name() + " " + source.description().name());
          }

          @Override
          public void removed(Owner owner, List<DataSource> removed) {
            gone.add(owner.name());
          }
        });
    Pool pool =
        new Pool(
            run(
                Scenes.pool(List.of(Scenes.host("host-1", 8)), List.of(Scenes.vm("vm").build())),
                10,
                new FaultSpec.VmCrash(5 * SECOND, "vm")),
            0,
            CpuFactory.FLUID,
            sources,
            PoolObserver.NOBODY);
    pool.run();

    assertThat(names)
        .contains(
            "host-1 memory_total_kib",
            "host-1 memory_free_kib",
            "host-1 pif_eth0_rx",
            "host-1 cpu0",
            "host-1 cpu_avg",
            "Control domain on host: host-1 cpu_usage",
            "Control domain on host: host-1 memory",
            "vm cpu0",
            "host-1 pif_aggr_tx",
            "vm memory",
            "vm memory_target",
            "vm vbd_xvda_read_latency",
            "vm vbd_xvda_iops_total",
            "vm vif_0_rx");
    assertThat(names).filteredOn(name -> name.startsWith("host-1 avgqu_sz_")).hasSize(1);
    assertThat(gone).containsExactly("vm");
  }

  @Test
  void unknownNamesAreRefused() {
    VmSpec vm = VmSpec.named("vm").host("nowhere").build();

    assertThatThrownBy(
            () -> Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 1)), List.of(vm)), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no host nowhere; expected one of [host-1]");
  }
}
