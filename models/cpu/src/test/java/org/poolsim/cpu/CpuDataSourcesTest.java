// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.random.RandomStreams;

class CpuDataSourcesTest {
  private static final Owner HOST = new Owner(Owner.Kind.HOST, "h-1", "host-1");
  private static final Owner VM = new Owner(Owner.Kind.VM, "v-1", "web-1");
  private static final long SECOND = 1_000_000_000L;

  private final Simulator simulator = new Simulator();
  private final DataSources sources = new DataSources();
  private final Map<String, DataSource> host = new LinkedHashMap<>();
  private final Map<String, DataSource> vm = new LinkedHashMap<>();
  private int changes;

  private final RatedHostCpu cpu =
      HostCpus.fluid(simulator, HostCpuSpec.of("host-1", CpuTopology.flat(2)));
  private final CpuDomain dom0 =
      cpu.createDomain(new DomainSpec("Domain-0", 1, 256, 0, null, null));
  private final CpuDomain guest = cpu.createDomain(new DomainSpec("web-1", 2, 256, 0, null, null));

  @BeforeEach
  void register() {
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            boolean ofHost = source.description().owner().equals(HOST);
            (ofHost ? host : vm).put(source.description().name(), source);
            source.listen(changed -> changes++);
          }

          @Override
          public void removed(Owner owner, List<DataSource> removed) {
            vm.clear();
          }
        });
    CpuDataSources.register(simulator, sources, HOST, cpu, dom0).registerDomain(VM, guest);
  }

  private double value(Map<String, DataSource> of, String name) {
    return of.get(name).value(simulator.nowNanos());
  }

  @Test
  void namesUnitsAndTypesAreThoseOfXcpRrdd() {
    assertThat(host.keySet())
        .containsExactlyInAnyOrder(
            "loadavg", "cpu0", "cpu1", "cpu_avg", "hostload", "running_vcpus", "running_domains");
    assertThat(vm.keySet())
        .containsExactlyInAnyOrder(
            "cpu0",
            "cpu1",
            "cpu_usage",
            "runstate_fullrun",
            "runstate_full_contention",
            "runstate_concurrency_hazard",
            "runstate_blocked",
            "runstate_partial_run",
            "runstate_partial_contention",
            "runnable_any",
            "runnable_vcpus",
            "numa_node_nonaffine_vcpus");
    Description idle = host.get("cpu1").description();
    assertThat(idle.type()).isEqualTo(Description.Type.DERIVE);
    assertThat(idle.inverse()).isTrue();
    assertThat(idle.units()).isEqualTo("(fraction)");
    assertThat(idle.min()).isZero();
    assertThat(idle.max()).isEqualTo(1);
    assertThat(host.get("running_vcpus").description().integer()).isTrue();
    assertThat(host.get("running_vcpus").description().units()).isEqualTo("count");
    assertThat(host.get("loadavg").description().min()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(vm.get("cpu0").description().inverse()).isFalse();
    assertThat(vm.get("cpu_usage").description().enabled()).isTrue();
    assertThat(vm.get("runstate_blocked").description().enabled()).isFalse();
  }

  @Test
  void totalsFollowTheRates() {
    guest.setDemand(0, 1);
    guest.setDemand(1, 0.5);
    simulator.runUntil(10 * SECOND);
    assertThat(value(vm, "cpu0")).isEqualTo(10, within(1e-6));
    assertThat(value(vm, "cpu1")).isEqualTo(5, within(1e-6));
    assertThat(value(vm, "cpu_usage")).isEqualTo(7.5, within(1e-6));
    assertThat(value(vm, "runstate_partial_run")).isEqualTo(5, within(1e-6));
    assertThat(value(vm, "runnable_any")).isZero();
    // Idle time: the load is spread evenly over the two pCPUs
    assertThat(value(host, "cpu0")).isEqualTo(2.5, within(1e-6));
    assertThat(value(host, "cpu_avg")).isEqualTo(2.5, within(1e-6));
    assertThat(value(host, "running_vcpus")).isEqualTo(2);
    assertThat(value(host, "hostload")).isEqualTo(1);
    assertThat(value(host, "running_domains")).isEqualTo(2);
  }

  @Test
  void whatWaitsAndWhatRunsElsewhereIsTheMeanOfTheVcpus() {
    BitSet first = new BitSet();
    first.set(0);
    guest.setAffinity(0, null, first);
    guest.setAffinity(1, null, first);
    simulator.runUntil(5 * SECOND);
    assertThat(value(vm, "runnable_vcpus")).as("nobody has waited").isNaN();
    assertThat(value(vm, "numa_node_nonaffine_vcpus")).as("nobody has run").isNaN();
    guest.setDemand(0, 1);
    guest.setDemand(1, 0.5);
    simulator.runUntil(15 * SECOND);
    // One and a half want the one pCPU: a third of either runs elsewhere, (10 + 5) / 3 / 2.
    assertThat(value(vm, "numa_node_nonaffine_vcpus")).isEqualTo(2.5, within(1e-6));
    assertThat(value(vm, "runnable_vcpus")).isNaN();
    dom0.setDemand(0, 1);
    simulator.runUntil(25 * SECOND);
    // dom0 is entitled to one of the two pCPUs: half a pCPU for each vCPU, one of them wants more.
    assertThat(value(vm, "runnable_vcpus")).isEqualTo(2.5, within(1e-6));
    assertThat(value(vm, "numa_node_nonaffine_vcpus"))
        .as("together they fill the one pCPU")
        .isEqualTo(2.5, within(1e-6));
    dom0.setDemand(0, 0);
    guest.setAffinity(0, null, null);
    guest.setAffinity(1, null, null);
    simulator.runUntil(35 * SECOND);
    assertThat(value(vm, "numa_node_nonaffine_vcpus"))
        .as("anywhere is where it wants to be")
        .isEqualTo(2.5, within(1e-6));
    cpu.audit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421"})
  void onADetailedHostTimeElsewhereIsCountedByWhereEachVcpuRuns(String scheduler) {
    HostCpu detailed =
        HostCpus.detailed(
            simulator,
            HostCpuSpec.of("host-2", new CpuTopology(2, 2, 1)).withScheduler(scheduler),
            new RandomStreams(1));
    CpuDomain itsDom0 = detailed.createDomain(new DomainSpec("Domain-0", 1, 256, 0, null, null));
    BitSet node = new BitSet();
    node.set(0, 2);
    CpuDomain three = detailed.createDomain(new DomainSpec("three", 3, 256, 0, null, node));
    for (int vcpu = 0; vcpu < 3; vcpu++) {
      three.setDemand(vcpu, 1);
    }
    CpuDataSources.register(simulator, sources, HOST, detailed, itsDom0).registerDomain(VM, three);
    simulator.runUntil(20 * SECOND);
    // Four pCPUs, three want to run all the time, two have room at home. credit2 balances by load
    // too, and leaves the second one elsewhere for a while.
    long elsewhere = 0;
    long ran = 0;
    for (int vcpu = 0; vcpu < 3; vcpu++) {
      assertThat(three.nonaffineNanos(vcpu)).isBetween(0L, three.runningNanos(vcpu));
      elsewhere += three.nonaffineNanos(vcpu);
      ran += three.runningNanos(vcpu);
    }
    assertThat((double) elsewhere / ran)
        .isBetween(0.32, scheduler.startsWith("credit2") ? 0.6 : 0.35);
    assertThat(value(vm, "numa_node_nonaffine_vcpus")).isEqualTo(elsewhere * 1e-9 / 3);
    // At home alone, and never elsewhere.
    three.setDemand(1, 0);
    three.setDemand(2, 0);
    simulator.runUntil(21 * SECOND);
    long before = three.nonaffineNanos(0);
    three.setAffinity(0, node, node);
    simulator.runUntil(40 * SECOND);
    assertThat(three.nonaffineNanos(0) - before).isLessThan(SECOND / 10);
    detailed.audit();
  }

  /** Both are bound to one pCPU and want the other, and take turns. */
  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421"})
  void timeElsewhereIsCountedOverEverySwitch(String scheduler) {
    HostCpu detailed =
        HostCpus.detailed(
            simulator,
            HostCpuSpec.of("host-2", CpuTopology.flat(2)).withScheduler(scheduler),
            new RandomStreams(1));
    BitSet first = new BitSet();
    first.set(0);
    BitSet second = new BitSet();
    second.set(1);
    CpuDomain two = detailed.createDomain(new DomainSpec("two", 2, 256, 0, first, second));
    two.setDemand(0, 1);
    two.setDemand(1, 1);
    for (int tens = 1; tens <= 3; tens++) {
      simulator.runUntil(simulator.nowNanos() + 10 * SECOND);
      for (int vcpu = 0; vcpu < 2; vcpu++) {
        assertThat(two.runningNanos(vcpu)).isGreaterThan(4L * tens * SECOND);
        assertThat(two.nonaffineNanos(vcpu)).isEqualTo(two.runningNanos(vcpu));
      }
    }
    detailed.audit();
  }

  @Test
  void nothingIsPushedWhileNothingChanges() {
    guest.setDemand(0, 1);
    simulator.runUntil(SECOND);
    changes = 0;
    simulator.runUntil(3600 * SECOND);
    assertThat(changes).isZero();
    assertThat(((Counter) vm.get("cpu0")).ratePerSecond()).isEqualTo(1);
  }

  @Test
  void theLoadAverageApproachesTheTasksOfDom0() {
    // Followed to within 0.05 while it moves, exact once it stands still
    dom0.setDemand(0, 1);
    simulator.runUntil(60 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(1 - Math.exp(-1), within(0.055));
    simulator.runUntil(1000 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(1);
    dom0.setDemand(0, 0);
    simulator.runUntil(1060 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(Math.exp(-1), within(0.055));
    simulator.runUntil(2000 * SECOND);
    assertThat(value(host, "loadavg")).isZero();
    assertThat(simulator.pending()).isZero();
  }

  @Test
  void theLoadAverageOfADetailedHostIsLookedAtEveryFiveSeconds() {
    HostCpu detailed =
        HostCpus.detailed(
            simulator,
            HostCpuSpec.of("host-2", CpuTopology.flat(2)).withScheduler("credit"),
            new RandomStreams(1));
    CpuDomain itsDom0 = detailed.createDomain(new DomainSpec("Domain-0", 2, 256, 0, null, null));
    itsDom0.setDemand(0, 1);
    itsDom0.setDemand(1, 1);
    CpuDataSources.register(simulator, sources, HOST, detailed, itsDom0);
    simulator.runUntil(60 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(2 * (1 - Math.exp(-1)), within(0.01));
    assertThat(value(host, "cpu_avg")).isEqualTo(0, within(0.01));
    assertThat(value(host, "running_vcpus")).isEqualTo(2);
  }

  @Test
  void theDomainGoesWithItsSources() {
    cpu.destroyDomain(guest);
    sources.remove(VM);
    simulator.runUntil(SECOND);
    assertThat(vm).isEmpty();
  }
}
