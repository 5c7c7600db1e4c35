// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.scenarios.LoadedScenario;
import org.poolsim.scenarios.Scenarios;
import org.poolsim.scenarios.trace.Format;
import org.poolsim.scenarios.yaml.Mistakes;

/** Recorded demand becomes a scenario or a trace. */
final class DemandImportTest {
  @TempDir Path folder;

  private static Path data(String name) {
    String data = System.getenv("POOLSIM_DATA");
    assumeTrue(data != null, "POOLSIM_DATA is not set: no recorded traces at hand");
    return Path.of(data, name);
  }

  private LoadedScenario load(TraceImport.Result result) throws Exception {
    Path scenario = folder.resolve("scenario.yaml");
    Files.writeString(scenario, result.scenario().yaml("a trace"));
    return Scenarios.load(scenario, List.of());
  }

  private static TraceImport.Result read(Path file, Format format) {
    Mistakes mistakes = new Mistakes();
    TraceImport.Result result =
        TraceImport.read(
            file,
            file.getFileName().toString(),
            file.toAbsolutePath().toString(),
            format,
            mistakes);
    assertThat(mistakes.list()).isEmpty();
    return result;
  }

  @Test
  void aCsvGivesOneVmForEachColumnOnAHostThatHoldsThem() throws Exception {
    Path csv =
        Files.writeString(
            folder.resolve("demand.csv"), "t,a,b\n0,10,20\n300,30,\n600,50,40\n1500,10,0\n");

    TraceImport.Result result = read(csv, Format.AUTO);

    assertThat(result.facts()).extracting(TraceImport.Facts::column).containsExactly("a", "b");
    TraceImport.Facts a = result.facts().get(0);
    assertThat(a.samples()).isEqualTo(4);
    assertThat(a.mean()).isEqualTo(25);
    assertThat(a.max()).isEqualTo(50);
    assertThat(a.holes()).isEqualTo(1);
    LoadedScenario loaded = load(result);
    assertThat(loaded.poolSpec().vms()).hasSize(2);
    assertThat(loaded.durationNanos()).isEqualTo(1_800_000_000_000L);
  }

  @Test
  void textInANumberColumnIsAMistakeWithItsPlace() throws IOException {
    Path csv = Files.writeString(folder.resolve("demand.csv"), "t,a\n0,10\n300,much\n");
    Mistakes mistakes = new Mistakes();

    assertThat(TraceImport.read(csv, "demand.csv", "demand.csv", Format.AUTO, mistakes)).isNull();
    assertThat(mistakes.list().toString()).contains("demand.csv:3:5:").contains("much");
  }

  @Test
  void theBitbrainsSampleHasTheFactsOfItsDescription() throws Exception {
    TraceImport.Result result = read(data("bitbrains-vm-sample.csv"), Format.BITBRAINS);

    TraceImport.Facts mhz = facts(result, "CPU usage [MHZ]");
    assertThat(mhz.samples()).isEqualTo(4032);
    assertThat(mhz.mean()).isCloseTo(6.008, within(0.0005));
    assertThat(mhz.max()).isCloseTo(317.20, within(0.005));
    assertThat(facts(result, "CPU usage [%]").mean()).isCloseTo(0.231, within(0.0005));
    assertThat(facts(result, "Disk read throughput [KB/s]").mean())
        .isCloseTo(2.093, within(0.0005));
    assertThat(load(result).poolSpec().vms()).hasSize(1);
  }

  @Test
  void thePlanetlabSampleHasTheFactsOfItsDescription() throws Exception {
    TraceImport.Result result = read(data("planetlab-20110303-100vms.csv"), Format.AUTO);

    assertThat(result.facts()).hasSize(100);
    assertThat(result.facts().stream().mapToDouble(TraceImport.Facts::mean).average().orElseThrow())
        .isCloseTo(11.005, within(0.0005));
    assertThat(load(result).poolSpec().vms()).hasSize(100);
  }

  private static TraceImport.Facts facts(TraceImport.Result result, String column) {
    return result.facts().stream()
        .filter(one -> one.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private RrdBackup backup() throws IOException {
    return RrdBackup.read(
        Files.writeString(
            folder.resolve("vm.xml"),
            "<rrd><step>5</step><lastupdate>1000020</lastupdate><ds><name>cpu0</name></ds>"
                + "<ds><name>cpu1</name></ds><rra><cf>AVERAGE</cf><pdp_per_row>1</pdp_per_row>"
                + "<database><row><v>0.5</v><v>0.3</v></row><row><v>NaN</v><v>NaN</v></row>"
                + "<row><v>0.1</v><v>0.1</v></row></database></rra>"
                + "<rra><cf>AVERAGE</cf><pdp_per_row>12</pdp_per_row><database>"
                + "<row><v>NaN</v><v>NaN</v></row><row><v>0.9</v><v>0.7</v></row>"
                + "<row><v>0.25</v><v>0.25</v></row></database></rra></rrd>"));
  }

  @Test
  void anRrdBackupGivesTheFinestHistoryAndCoarserBeforeIt() throws Exception {
    RrdHistory history = RrdHistory.of("vm.xml", backup(), List.of());

    assertThat(history.csv())
        .isEqualTo("time,cpu_usage\n999900,0.8\n999960,0.25\n1000005,0.4\n1000010,\n1000015,0.1\n");
    assertThat(history.holes(0)).isEqualTo(1);
    assertThat(history.max(0)).isEqualTo(0.8);
  }

  @Test
  void theHistoryDrivesAVm() throws Exception {
    Files.writeString(
        folder.resolve("demand.csv"), RrdHistory.of("vm.xml", backup(), List.of()).csv());
    Path scenario =
        Files.writeString(
            folder.resolve("s.yaml"),
            "poolsim: 1\nname: s\nduration: 1min\npool:\n  hosts: [{name: h, cpu: {cores: 4, clock:"
                + " 2GHz}, memory: 16GiB}]\nvms: [{name: v, vcpus: 2, memory: 1GiB, workload:"
                + " {trace: demand.csv, column: cpu_usage, full: 1}}]\n");

    assertThat(Scenarios.load(scenario, List.of()).poolSpec().vms()).hasSize(1);
  }

  @Test
  void anUnknownDataSourceIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> RrdHistory.of("vm.xml", backup(), List.of("cpu2")))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("no data source \"cpu2\"")
        .hasMessageContaining("cpu");
  }
}
