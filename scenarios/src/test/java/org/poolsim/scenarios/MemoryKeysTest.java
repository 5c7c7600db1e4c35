// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.memory.NumaPolicy;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.memory.xenstore.StoreDaemon;
import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.pool.spec.BalloonDriverSpec.Fault;
import org.poolsim.pool.spec.BalloonDriverSpec.Guest;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemoryPolicySpec;
import org.poolsim.pool.spec.MemoryPolicySpec.Squeezing;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.WorkingSetSpec;

/** The keys of the memory model: they reach the pool, and what is wrong is told with its place. */
final class MemoryKeysTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  private Path scenario(String pool, String host, String memory) throws IOException {
    return Files.writeString(
        folder.resolve("s.yaml"),
        "poolsim: 1\nname: s\nduration: 1min\n"
            + "pool:\n"
            + ("  " + pool + "\n")
            + "  hosts:\n"
            + "    - {name: g, memory: 16GiB, cpu: {cores: 4, clock: 2GHz}}\n"
            + "    - name: h\n"
            + "      memory: 16GiB\n"
            + "      cpu: {cores: 4, clock: 2GHz}\n"
            + ("      " + host + "\n")
            + "vms:\n"
            + "  - name: v\n"
            + "    vcpus: 2\n"
            + ("    memory: {" + memory + "}\n"));
  }

  private PoolSpec pool(String pool, String host, String memory)
      throws IOException, ScenarioException {
    return Scenarios.load(scenario(pool, host, memory), List.of()).runSpec().pool();
  }

  private MemorySpec memory(String keys) throws IOException, ScenarioException {
    return pool("name: p", "gpus: []", keys).vms().get(0).memory();
  }

  @Test
  void leftOutKeysAreTodaysInstalledToolstackAndLinux() throws IOException, ScenarioException {
    PoolSpec pool = pool("name: p", "gpus: []", "static_max: 4GiB");

    assertThat(pool.hosts())
        .extracting(HostSpec::memoryPolicy)
        .containsOnly(MemoryPolicySpec.DEFAULT);
    assertThat(pool.hosts().get(1).dom0().xenstored()).isEqualTo(StoreDaemon.OXENSTORED);
    MemorySpec memory = pool.vms().get(0).memory();
    assertThat(memory.workingSet()).isNull();
    assertThat(memory.balloon())
        .isEqualTo(new BalloonDriverSpec(Guest.LINUX, 1 << 30, Fault.NONE, 0, -1));
  }

  @Test
  void thePoolsPolicyHoldsForHostsThatDoNotSayOtherwise() throws IOException, ScenarioException {
    PoolSpec pool =
        pool(
            "memory_policy: {squeezed: intended, toolstack: before-2026}",
            "memory_policy: {numa: any}\n      dom0: {xenstored: c-xenstored}",
            "static_max: 4GiB");

    assertThat(pool.hosts().get(0).memoryPolicy())
        .isEqualTo(
            new MemoryPolicySpec(
                ToolstackVersion.BEFORE_2026, Squeezing.INTENDED, NumaPolicy.BEST_EFFORT));
    assertThat(pool.hosts().get(1).memoryPolicy())
        .isEqualTo(
            new MemoryPolicySpec(ToolstackVersion.SINCE_2026, Squeezing.FAITHFUL, NumaPolicy.ANY));
    assertThat(pool.hosts().get(1).dom0().xenstored()).isEqualTo(StoreDaemon.C_XENSTORED);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "stuck: true, STUCK, 0",
        "never_below: 1GiB, LOWER_LIMIT, 1073741824",
        "never_above: 2GiB, UPPER_LIMIT, 2147483648",
        "rests: 5s, INTERMITTENT, 5000000000",
        "idle_until: 1min, DELAYED, 60000000000",
      })
  void everyFaultReachesTheDriver(String key, Fault fault, long param)
      throws IOException, ScenarioException {
    BalloonDriverSpec driver =
        memory(
                "static_max: 4GiB, dynamic: 1GiB..4GiB, balloon: {rate: 20MiB/s, booting: 9s, "
                    + key
                    + "}")
            .balloon();
    assertThat(driver)
        .isEqualTo(new BalloonDriverSpec(Guest.LINUX, 20 * MIB, fault, param, 9_000_000_000L));
  }

  @Test
  void aDriverAndAWorkingSetMayBeOneWord() throws IOException, ScenarioException {
    MemorySpec memory = memory("static_max: 4GiB, balloon: windows, working_set: 2GiB");

    assertThat(memory.balloon().guest()).isEqualTo(Guest.WINDOWS);
    assertThat(memory.balloon().bytesPerSecond()).isEqualTo(200.0 * MIB);
    assertThat(memory.workingSet())
        .isEqualTo(new WorkingSetSpec(2048 * MIB, 128 * MIB, 0, 100_000, 1, 0.5, 150_000));
  }

  @Test
  void aDynamicRangeMayChangeDuringARun() throws IOException, ScenarioException {
    Path scenario =
        scenario("name: p", "gpus: []", "static_max: 4GiB, dynamic: 2GiB..4GiB, static_min: 1GiB");
    Files.writeString(
        scenario, "faults: [{at: 5s, fault: vm-memory, vm: v, dynamic: 1GiB..3GiB}]\n", APPEND);

    assertThat(Scenarios.load(scenario, List.of()).runSpec().faults())
        .containsExactly(new FaultSpec.VmDynamicRange(5_000_000_000L, "v", 1024 * MIB, 3072 * MIB));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1GiB..3GiB", "2GiB..5GiB"})
  void aDynamicRangeStaysWithinTheStaticOne(String range) throws IOException {
    Path scenario = scenario("name: p", "gpus: []", "static_max: 4GiB, dynamic: 2GiB..4GiB");
    Files.writeString(
        scenario, "faults: [{at: 5s, fault: vm-memory, vm: v, dynamic: " + range + "}]\n", APPEND);

    ScenarioException wrong =
        catchThrowableOfType(ScenarioException.class, () -> Scenarios.load(scenario, List.of()));
    assertThat(wrong.mistakes())
        .singleElement()
        .extracting(mistake -> mistake.toString().replace(folder + "/", ""))
        .isEqualTo(
            "s.yaml:16:53: dynamic: expected from static_min, 2GiB, to static_max, 4GiB, of the"
                + " VM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "balloon: {stuck: true, rests: 5s}"
            + "|s.yaml:15:83: rests: the driver has stuck already, expected one of them",
        "balloon: {driver: none, stuck: true}"
            + "|s.yaml:15:84: stuck: the guest has no driver, expected driver: linux or windows",
        "balloon: {never_above: 1GiB}"
            + "|s.yaml:15:76: never_above: less than the low end of dynamic, expected at least 2GiB",
        "balloon: {drvier: linux}"
            + "|s.yaml:15:63: unknown key \"drvier\" in a balloon; did you mean \"driver\"?",
        "working_set: {skew: 2}" + "|s.yaml:15:66: key \"size\" is missing in this working set",
      })
  void whatIsWrongIsToldWithItsPlace(String key, String expected) throws IOException {
    Path scenario =
        scenario("name: p", "gpus: []", "static_max: 4GiB, dynamic: 2GiB..4GiB, " + key);
    ScenarioException wrong =
        catchThrowableOfType(ScenarioException.class, () -> Scenarios.load(scenario, List.of()));
    assertThat(wrong.mistakes().get(0).toString().replace(folder + "/", "")).startsWith(expected);
  }
}
