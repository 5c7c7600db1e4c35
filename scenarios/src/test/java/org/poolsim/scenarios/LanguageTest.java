// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkloadSpec;

/** What the words of the language mean for the pool. */
class LanguageTest {
  private static final String POOL =
      """
      poolsim: 1
      name: words
      duration: 1h30min
      pool:
        hosts:
          - name: host-[1..4]
            cpu: {sockets: 2, cores: 16, threads: 2, clock: 2.6GHz}
            memory: 512GiB
            pifs: [{name: eth0, speed: 25Gbps}, {name: eth1, speed: 25Gbps}]
            bonds: [{name: bond0, of: [eth0, eth1]}]
        arrays: [{name: san, devices: 4, device: {type: ssd-sata, reads: 1000/s}, raid: 10}]
        storage: [{name: golden, type: nfs, on: {array: san}, format: vhd}]
      """;

  @TempDir Path folder;

  private LoadedScenario load(String yaml, String... settings)
      throws IOException, ScenarioException {
    Path file = folder.resolve("s.yaml");
    Files.writeString(file, yaml);
    return Scenarios.load(file, List.of(settings).stream().map(Setting::parse).toList());
  }

  @Test
  void defaultsAreThoseOfTheInstallerAndTheToolstack() throws Exception {
    LoadedScenario scenario =
        load(
            POOL
                + "vms: [{name: 'vm-[08..10]', vcpus: 2, memory: 4GiB,"
                + " disks: [{sr: golden, size: 40GiB, clone_of: win}], vifs: [{network: lan}]}]\n");
    var host = scenario.poolSpec().hosts().get(3);
    assertThat(host.name()).isEqualTo("host-4");
    assertThat(host.dom0().vcpus()).isEqualTo(16);
    assertThat(host.dom0().memoryBytes()).isEqualTo(8L << 30);
    assertThat(host.cpu().scheduler()).isEqualTo("credit-xenserver");
    assertThat(host.pifs().get(0).speedBitsPerSecond()).isEqualTo(25_000_000_000L);
    assertThat(host.bonds().get(0).network()).isEqualTo("lan");
    assertThat(scenario.poolSpec().vms())
        .extracting(VmSpec::name)
        .containsExactly("vm-08", "vm-09", "vm-10");
    VmSpec vm = scenario.poolSpec().vms().get(1);
    assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
    assertThat(vm.vbds().get(0).vdi()).isEqualTo("vm-09-xvda");
    assertThat(scenario.poolSpec().vdis())
        .anyMatch(vdi -> vdi.name().equals("win"))
        .anyMatch(vdi -> vdi.name().equals("vm-09-xvda") && vdi.cloneOf().equals("win"));
    assertThat(scenario.poolSpec().arrays().get(0).device().readsPerSecond()).isEqualTo(1000);
    assertThat(scenario.poolSpec().arrays().get(0).device().readLatencyNanos()).isEqualTo(130_000);
    assertThat(scenario.durationNanos()).isEqualTo(5_400_000_000_000L);
    assertThat(scenario.defaults())
        .anyMatch(
            d ->
                d.path().equals("pool.hosts[host-[1..4]].cpu.scheduler")
                    && d.value().equals("credit-xenserver"))
        .anyMatch(d -> d.path().equals("pool.hosts[host-[1..4]].dom0.vcpus"))
        .noneMatch(d -> d.path().equals("pool.hosts[host-[1..4]].memory"));
  }

  @Test
  void requestsTakeTheirStepsAndLaws() throws Exception {
    String vm =
        """
        vms:
          - name: db
            vcpus: 2
            memory: 4GiB
            disks: [{sr: golden, size: 40GiB}, {sr: golden, size: 9GiB}]
            vifs: [{network: lan}]
            workload:
              - constant 5%
              - name: transaction
                clients: 20
                think: exponential 5s
                steps:
                  - cpu: {lognormal: {mean: 4ms, cv: 1.5}}
                  - parallel: [[{read: 8KiB}], [{read: uniform 4KiB..16KiB, disk: xvdb}]]
                  - {repeat: 2, steps: [{write: 8KiB, access: sequential}]}
                  - send: 4KiB
        """;
    var workloads = load(POOL + vm).poolSpec().vms().get(0).workloads();
    assertThat(workloads.get(0)).isEqualTo(new WorkloadSpec.Constant("constant", 0, 0.05));
    WorkloadSpec.Requests requests = (WorkloadSpec.Requests) workloads.get(1);
    assertThat(requests.load()).isEqualTo(new LoadSpec.Closed(20, Distribution.exponential(5e9)));
    List<StepSpec> steps = requests.requests().get(0).steps();
    assertThat(((StepSpec.Cpu) steps.get(0)).nanos().mean()).isCloseTo(4e6, within(1.0));
    assertThat(((StepSpec.Parallel) steps.get(1)).branches()).hasSize(2);
    StepSpec.Read second =
        (StepSpec.Read) ((StepSpec.Parallel) steps.get(1)).branches().get(1).get(0);
    assertThat(second.vbd()).isEqualTo("xvdb");
    assertThat(second.bytes()).isEqualTo(Distribution.uniform(4096, 16384));
    assertThat(((StepSpec.Repeat) steps.get(2)).times()).isEqualTo(2);
  }

  @Test
  void loadMultipliesDemandNotWhatARequestCosts() throws Exception {
    String vm =
        """
        vms:
          - {name: a, vcpus: 1, memory: 1GiB, workload: [constant 30%, {arrivals: 10/s, steps: [{cpu: 1ms}]}]}
        """;
    var twice = load(POOL + vm, "load=200%").poolSpec().vms().get(0).workloads();
    assertThat(((WorkloadSpec.Constant) twice.get(0)).level()).isCloseTo(0.6, within(1e-12));
    LoadSpec.Open open = (LoadSpec.Open) ((WorkloadSpec.Requests) twice.get(1)).load();
    assertThat(open.betweenNanos().mean()).isCloseTo(5e7, within(1.0));
    var fourfold = load(POOL + vm, "load=400%").poolSpec().vms().get(0).workloads();
    assertThat(((WorkloadSpec.Constant) fourfold.get(0)).level()).isEqualTo(1);
  }

  @Test
  void templatesGiveWhatAnEntryDoesNotSay() throws Exception {
    String vms =
        """
        vm_templates:
          base: {vcpus: 1, memory: {static_max: 4GiB, dynamic: 2GiB..4GiB}, workload: web, vifs: [{network: lan}]}
          big: {template: base, vcpus: 8}
        vms:
          - {name: a, template: big, memory: {static_max: 8GiB}, workload: idle}
        """;
    VmSpec vm = load(POOL + vms).poolSpec().vms().get(0);
    assertThat(vm.vcpus()).isEqualTo(8);
    assertThat(vm.memory().staticMaxBytes()).isEqualTo(8L << 30);
    assertThat(vm.memory().dynamicMaxBytes()).isEqualTo(4L << 30);
    assertThat(vm.vifs()).hasSize(1);
    assertThat(vm.workloads()).extracting(WorkloadSpec::name).containsExactly("idle");
  }

  @Test
  void includesAreMergedByName() throws Exception {
    Files.writeString(
        folder.resolve("base.yaml"), POOL + "vms:\n  - {name: a, vcpus: 1, memory: 1GiB}\n");
    LoadedScenario scenario =
        load(
            """
            include: base.yaml
            name: other
            vms: [{name: a, vcpus: 4}, {name: b, vcpus: 1, memory: 1GiB}]
            """);
    assertThat(scenario.name()).isEqualTo("other");
    assertThat(scenario.poolSpec().vms()).extracting(VmSpec::name).containsExactly("a", "b");
    assertThat(scenario.poolSpec().vms().get(0).vcpus()).isEqualTo(4);
  }

  @Test
  void rangesWalkTogether() throws Exception {
    VmSpec vm =
        load(POOL + "vms: [{name: 'a-[1..8]', host: 'host-[1..4]', vcpus: 1, memory: 1GiB}]\n")
            .poolSpec()
            .vms()
            .get(5);
    assertThat(vm.name()).isEqualTo("a-6");
    assertThat(vm.host()).isEqualTo("host-2");
  }
}
