// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.cpu.DetailedCpuSpec;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulingGranularity;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.RealTimeSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.VmSpec;

/** The keys of the schedulers: they reach the host, and what is wrong is told with its place. */
final class SchedulerKeysTest {
  @TempDir Path folder;

  private Path scenario(String cpu, String vm, String faults) throws IOException {
    return Files.writeString(
        folder.resolve("s.yaml"),
        "poolsim: 1\nname: s\nduration: 1min\nfidelity: {cpu: detailed}\n"
            + "pool:\n"
            + "  hosts:\n"
            + "    - name: h\n"
            + "      memory: 16GiB\n"
            + "      cpu: {cores: 4, threads: 2, clock: 2GHz, "
            + cpu
            + "}\n"
            + "vms:\n"
            + "  - {name: v, vcpus: 2, memory: 1GiB, "
            + vm
            + "}\n"
            + "faults:\n"
            + faults);
  }

  private RunSpec run(String cpu, String vm, String faults) throws IOException, ScenarioException {
    return Scenarios.load(scenario(cpu, vm, faults), List.of()).runSpec();
  }

  private String mistakes(String cpu, String vm, String faults)
      throws IOException, ScenarioException {
    Path scenario = scenario(cpu, vm, faults);
    ScenarioException wrong =
        catchThrowableOfType(ScenarioException.class, () -> Scenarios.load(scenario, List.of()));
    return wrong == null ? "" : wrong.mistakes().toString();
  }

  private static final String NONE = "  - {fault: vm-start, at: 1s, vm: v}\n";

  @Test
  void leftOutKeysAreTheDefaultsOfTheSource() throws IOException, ScenarioException {
    CpuSpec cpu = run("scheduler: credit2", "weight: 256", NONE).pool().hosts().get(0).cpu();
    assertThat(cpu.detailed().scheduling()).isEqualTo(SchedulerParameters.defaults());
    assertThat(cpu.detailed().granularity()).isEqualTo(SchedulingGranularity.CPU);
    assertThat(cpu.detailed().timing().withSmtThroughput(1))
        .isEqualTo(DetailedCpuSpec.DEFAULT.timing());
    assertThat(cpu.smtThroughput()).isEqualTo(1.25);
  }

  /** YAML's word for nothing is the name of a scheduler. */
  @Test
  void theNullSchedulerNeedsNoQuotes() throws IOException, ScenarioException {
    for (String word : List.of("null", "'null'")) {
      CpuSpec cpu = run("scheduler: " + word, "weight: 256", NONE).pool().hosts().get(0).cpu();
      assertThat(cpu.scheduler()).isEqualTo("null");
    }
    assertThat(mistakes("scheduler: ", "weight: 256", NONE)).contains("has no value");
    LoadedScenario set =
        Scenarios.load(
            scenario("scheduler: credit2", "weight: 256", NONE),
            List.of(Setting.parse("pool.hosts.h.cpu.scheduler=null")));
    assertThat(set.runSpec().pool().hosts().get(0).cpu().scheduler()).isEqualTo("null");
    Path effective = folder.resolve("effective.yaml");
    Files.writeString(effective, ScenarioWriter.effective(set.scenario()));
    LoadedScenario again = Scenarios.load(effective, List.of());
    assertThat(again.runSpec().pool().hosts().get(0).cpu().scheduler()).isEqualTo("null");
  }

  @Test
  void everyParameterReachesTheHost() throws IOException, ScenarioException {
    CpuSpec cpu =
        run(
                "granularity: core, scheduler_parameters: {ratelimit: 5ms, timeslice: 100ms,"
                    + " migration_delay: 1ms, load_balance_ratelimit: 2ms, tickle_one_idle: false,"
                    + " smt_power_savings: true, credit2_migrate_resist: 1ms,"
                    + " credit2_cap_period: 20ms, credit2_runqueue: core,"
                    + " credit2_max_cpus_runqueue: 8, credit2_load_window_shift: 20,"
                    + " credit2_balance_under: 1, credit2_balance_over: -2}, timing: {timer_slop:"
                    + " 10us, ipi_latency: 1us..2us, context_switch: 3us, migration: 7us,"
                    + " smt_throughput: 1.5, speeds: [{pcpus: '0-1,7', speed: 50%}]}",
                "weight: 256", NONE)
            .pool()
            .hosts()
            .get(0)
            .cpu();
    assertThat(cpu.detailed().scheduling())
        .isEqualTo(
            new SchedulerParameters(
                5_000_000,
                100_000_000,
                1_000_000,
                2_000_000,
                false,
                true,
                1_000_000,
                20_000_000,
                SchedulerParameters.RunqueueArrangement.CORE,
                8,
                20,
                1,
                -2));
    assertThat(cpu.detailed().granularity()).isEqualTo(SchedulingGranularity.CORE);
    assertThat(cpu.detailed().timing().timerSlopNanos()).isEqualTo(10_000);
    assertThat(cpu.detailed().timing().ipiMinNanos()).isEqualTo(1_000);
    assertThat(cpu.detailed().timing().ipiMaxNanos()).isEqualTo(2_000);
    assertThat(cpu.detailed().timing().contextSwitchNanos()).isEqualTo(3_000);
    assertThat(cpu.detailed().timing().migrationNanos()).isEqualTo(7_000);
    assertThat(cpu.smtThroughput()).isEqualTo(1.5);
    assertThat(cpu.detailed().speeds()).containsExactly(0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5);
  }

  @Test
  void masksAndRealTimeOfAVm() throws IOException, ScenarioException {
    VmSpec vm =
        run(
                "scheduler: rtds",
                "affinity: '1,2,3;4,5,6', soft_affinity: 2-3, rtds: {period: 20ms, budget: 5ms,"
                    + " extratime: false}",
                NONE)
            .pool()
            .vms()
            .get(0);
    assertThat(vm.affinity()).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6));
    assertThat(vm.softAffinity()).containsExactly(List.of(2, 3));
    assertThat(vm.realTime()).isEqualTo(new RealTimeSpec(20_000_000, 5_000_000, false));
  }

  @Test
  void changesDuringTheRun() throws IOException, ScenarioException {
    List<FaultSpec> changes =
        run(
                "scheduler: credit",
                "weight: 256",
                """
                  - {fault: vm-weight, at: 1s, vm: v, weight: 512}
                  - {fault: vm-cap, at: 2s, vm: v, cap: 50%}
                  - {fault: vm-affinity, at: 3s, vm: v, affinity: ['0', '1']}
                """)
            .faults();
    assertThat(changes)
        .containsExactly(
            new FaultSpec.VmWeight(1_000_000_000L, "v", 512),
            new FaultSpec.VmCap(2_000_000_000L, "v", 50),
            new FaultSpec.VmAffinity(
                3_000_000_000L, "v", List.of(List.of(0), List.of(1)), List.of()));
  }

  @Test
  void rangesAreChecked() throws IOException, ScenarioException {
    assertThat(mistakes("scheduler_parameters: {ratelimit: 50us}", "weight: 1", NONE))
        .contains("s.yaml:9:")
        .contains("ratelimit: out of range, expected 0s for none, or 100us to 500ms");
    assertThat(mistakes("scheduler_parameters: {ratelimit: 0s}", "weight: 1", NONE)).isEmpty();
    assertThat(mistakes("scheduler_parameters: {timeslice: 1500us}", "weight: 1", NONE))
        .contains("timeslice: Xen knows whole milliseconds only");
    assertThat(mistakes("scheduler_parameters: {timeslice: 2s}", "weight: 1", NONE))
        .contains("expected 1ms to 1s");
    assertThat(mistakes("scheduler_parameters: {timeslise: 5ms}", "weight: 1", NONE))
        .contains("unknown key \"timeslise\"")
        .contains("timeslice");
    assertThat(mistakes("timing: {smt_throughput: 3}", "weight: 1", NONE))
        .contains("smt_throughput: more than the threads of a core, expected 1 to 2");
    assertThat(mistakes("timing: {speeds: [{pcpus: 7-8, speed: 50%}]}", "weight: 1", NONE))
        .contains("pcpus: there is no pCPU 8, expected some of 0-7");
    assertThat(mistakes("granularity: cores", "weight: 1", NONE)).contains("core");
  }

  @Test
  void whatAVmAsksForMustBeThere() throws IOException, ScenarioException {
    assertThat(mistakes("scheduler: credit", "rtds: {period: 20ms}", NONE))
        .contains("s.yaml:11:")
        .contains("rtds: no host that the VM may get runs this scheduler");
    assertThat(mistakes("scheduler: rtds", "rtds: {period: 1ms, budget: 2ms}", NONE))
        .contains("budget: more than the period");
    assertThat(mistakes("scheduler: credit", "affinity: '8;0'", NONE))
        .contains("none of these pCPUs exists, expected some of 0-7");
    assertThat(mistakes("granularity: core", "affinity: '1,3;2'", NONE))
        .contains(
            "affinity: with granularity core the first of each 2 pCPUs counts and none of those is"
                + " here, expected some of 0, 2, 4, ...");
    assertThat(mistakes("granularity: socket", "affinity: '1-7'", NONE))
        .contains("the first of each 8 pCPUs counts and none of those is here, expected some of 0");
    assertThat(mistakes("scheduler: credit", "affinity: '1;2;3'", NONE))
        .contains("3 masks for 2 vCPUs");
    assertThat(mistakes("scheduler: credit2, granularity: core", "cap: 150%", NONE))
        .contains("cap: with granularity core credit2 caps at 100% for each 2 vCPUs")
        .contains("expected at most 100%");
    assertThat(
            mistakes(
                "scheduler: credit",
                "weight: 1",
                "  - {fault: vm-affinity, at: 1s, vm: v, affinity: '9'}\n"))
        .contains("s.yaml:13:")
        .contains("none of these pCPUs exists");
    assertThat(
            mistakes(
                "scheduler: credit",
                "weight: 1",
                "  - {fault: vm-cap, at: 1s, vm: v, cap: 300%}\n"))
        .contains("expected at most 200%");
    assertThat(
            mistakes(
                "scheduler: credit",
                "weight: 1",
                "  - {fault: vm-weight, at: 1s, vm: w, weight: 1}\n"))
        .contains("no VM \"w\"");
  }
}
