// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

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
            "runnable_any");
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
    dom0.setDemand(0, 1);
    simulator.runUntil(60 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(0.63, within(0.005));
    simulator.runUntil(1000 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(1);
    dom0.setDemand(0, 0);
    simulator.runUntil(1060 * SECOND);
    assertThat(value(host, "loadavg")).isEqualTo(0.37, within(0.005));
  }

  @Test
  void theDomainGoesWithItsSources() {
    cpu.destroyDomain(guest);
    sources.remove(VM);
    simulator.runUntil(SECOND);
    assertThat(vm).isEmpty();
  }
}
