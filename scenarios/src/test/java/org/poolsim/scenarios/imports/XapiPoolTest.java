// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.engine.data.DataSources;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.scenarios.LoadedScenario;
import org.poolsim.scenarios.PerfmonSetting;
import org.poolsim.scenarios.ScenarioException;
import org.poolsim.scenarios.Scenarios;
import org.poolsim.scenarios.Setting;

/** A pool's database becomes a scenario that loads and runs. */
final class XapiPoolTest {

  @TempDir Path folder;

  private record Imported(ImportedPool pool, LoadedScenario loaded) {
    HostSpec host(String name) {
      return loaded.poolSpec().hosts().stream()
          .filter(host -> host.name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    VmSpec vm(String name) {
      return loaded.poolSpec().vms().stream()
          .filter(vm -> vm.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private Imported imported(Path database) throws IOException, ScenarioException {
    ImportedPool pool =
        XapiPool.convert(XapiDatabase.read(database), "imported", PerfmonSetting.Check.NONE);
    Path scenario = folder.resolve("pool.yaml");
    Files.writeString(scenario, pool.yaml("a database"));
    LoadedScenario loaded = Scenarios.load(scenario, List.of());
    new Pool(
            Scenarios.load(scenario, List.of(new Setting("duration", "10min"))).runSpec(),
            0,
            CpuFactory.AS_SPECIFIED,
            new DataSources(),
            PoolObserver.NOBODY)
        .run();
    return new Imported(pool, loaded);
  }

  private Imported sample(String name) throws IOException, ScenarioException {
    return imported(Path.of("src", "test", "resources", "xapi-db", name));
  }

  private Imported text(String tables) throws IOException, ScenarioException {
    return imported(
        Files.writeString(folder.resolve("state.db"), "<database>" + tables + "</database>"));
  }

  @Test
  void aPoolOfAnOldSchemaKeepsItsHostsBondsVlansAndDisks() throws Exception {
    Imported old = sample("schema-5.66.xml");

    assertThat(old.loaded().poolSpec().hosts())
        .extracting(HostSpec::name)
        .containsExactly("b", "a");
    HostSpec a = old.host("a");
    assertThat(a.memoryBytes()).isEqualTo(32L << 30);
    assertThat(a.cpu().pcpus()).isEqualTo(8);
    assertThat(a.cpu().clockHertz()).isEqualTo(2_660_074_000L);
    assertThat(a.dom0().vcpus()).isEqualTo(4);
    assertThat(a.bonds()).hasSize(1);
    assertThat(a.bonds().get(0).members()).containsExactly("eth0", "eth1");
    assertThat(a.vlans()).extracting(vlan -> vlan.tag()).containsExactly(25);
    assertThat(old.vm("web").host()).isEqualTo("a");
    assertThat(old.vm("web").vbds())
        .extracting(vbd -> vbd.device())
        .containsExactly("xvda", "xvdb");
    assertThat(old.vm("web").capPercent()).isEqualTo(150);
    assertThat(old.vm("web-2").powerState()).isEqualTo(PowerState.HALTED);
    assertThat(old.pool().leftOut()).anyMatch(line -> line.contains("suspended"));
    // What is taken of the local one cannot be more than there is: it is reckoned from its images.
    assertThat(old.loaded().poolSpec().srs())
        .extracting(SrSpec::sizeBytes, SrSpec::usedBytes)
        .containsExactly(
            tuple(2_147_483_648_000L, 1_503_238_553_600L), tuple(107_374_182_400L, -1L));
  }

  @Test
  void aPoolOfTheNewestSchemaKeepsItsTypesAndHa() throws Exception {
    Imported pool = sample("schema-5.909.xml");

    assertThat(pool.loaded().poolSpec().ha().enabled()).isTrue();
    assertThat(pool.vm("db").affinity()).containsExactly(List.of(0, 1), List.of(2, 3));
    // Two VMs share one image.
    assertThat(pool.vm("db").vbds().get(0).vdi())
        .isEqualTo(pool.vm("db-standby").vbds().get(0).vdi());
    assertThat(pool.host("xen 1").gpus()).hasSize(1);
    assertThat(pool.pool().leftOut()).anyMatch(line -> line.contains("tunnel"));
  }

  @Test
  void whereMemoryIsOnlyAssumedItIsRaisedUntilTheRunningVmsFit() throws Exception {
    Imported pool =
        text(
            "<table name=\"host\"><row ref=\"h\" name__label=\"h\"/></table><table name=\"VM\">"
                + "<row ref=\"v\" name__label=\"big\" power_state=\"Running\" resident_on=\"h\""
                + " memory__static_max=\"68719476736\"/></table>");

    assertThat(pool.host("h").memoryBytes()).isGreaterThan(64L << 30);
    assertThat(pool.vm("big").powerState()).isEqualTo(PowerState.RUNNING);
    assertThat(pool.pool().assumed()).anyMatch(line -> line.startsWith("more memory"));
  }

  @Test
  void whereMemoryIsKnownAVmThatDoesNotFitStaysHaltedAndIsNamed() throws Exception {
    Imported pool =
        text(
            "<table name=\"host_metrics\"><row ref=\"m\" memory__total=\"17179869184\"/></table>"
                + "<table name=\"host\"><row ref=\"h\" name__label=\"h\" metrics=\"m\"/></table>"
                + "<table name=\"VM\"><row ref=\"v1\" name__label=\"one\" power_state=\"Running\""
                + " resident_on=\"h\" memory__static_max=\"10737418240\"/><row ref=\"v2\""
                + " name__label=\"two\" power_state=\"Running\" resident_on=\"h\""
                + " memory__static_max=\"10737418240\"/></table>");

    assertThat(pool.vm("one").powerState()).isEqualTo(PowerState.RUNNING);
    assertThat(pool.vm("two").powerState()).isEqualTo(PowerState.HALTED);
    assertThat(pool.pool().leftOut())
        .anyMatch(line -> line.contains("no room for") && line.contains("two"));
  }

  @Test
  void danglingReferencesDoubleNamesAndOddTextsDoNotKeepAPoolFromLoading() throws Exception {
    Imported pool =
        text(
            "<table name=\"host\"><row ref=\"h1\" name__label=\"[1..9]: &#10; x\""
                + " metrics=\"OpaqueRef:NULL\"/><row ref=\"h2\" name__label=\"[1..9]: &#10; x\""
                + " sched_policy=\"sedf\"/></table><table name=\"VM\"><row ref=\"v1\""
                + " name__label=\"true\" power_state=\"Running\" resident_on=\"gone\""
                + " VCPUs__params=\"(('mask' '900'))\"/><row ref=\"v2\" name__label=\"true\""
                + " power_state=\"Paused\"/></table><table name=\"VBD\"><row ref=\"d\" VM=\"v1\""
                + " VDI=\"gone\" userdevice=\"0\"/></table><table name=\"VIF\"><row ref=\"n\""
                + " VM=\"v1\" network=\"gone\" device=\"0\"/></table><table name=\"PBD\"><row"
                + " ref=\"p\" host=\"gone\" SR=\"gone\"/></table><table name=\"Bond\"><row"
                + " ref=\"b\" master=\"gone\"/></table><table name=\"VLAN\"><row ref=\"l\""
                + " tagged_PIF=\"gone\" tag=\"9999\"/></table><table name=\"PIF\"><row ref=\"f\""
                + " host=\"h1\" device=\"eth0\" network=\"gone\"/></table>");

    assertThat(pool.loaded().poolSpec().hosts()).hasSize(2);
    assertThat(pool.loaded().poolSpec().vms())
        .extracting(VmSpec::name)
        .containsExactly("true", "true-2");
    assertThat(pool.pool().leftOut()).anyMatch(line -> line.contains("stays halted"));
  }

  @Test
  void theMaskOfAHostForGuestsFiltersTheirOwn() throws Exception {
    Imported pool =
        text(
            "<table name=\"host\"><row ref=\"h\" name__label=\"h\" sched_gran=\"core\""
                + " guest_VCPUs_params=\"(('mask' '2-7'))\" cpu_info=\"(('cpu_count' '8')"
                + " ('socket_count' '1'))\"/></table><table name=\"VM\">"
                + vm("own", "(('mask' '0-3;6,7'))")
                + vm("none", "()")
                + vm("apart", "(('mask' '0,1'))")
                + "</table>");

    assertThat(pool.pool().yaml("a database")).contains("granularity: core");
    assertThat(pool.vm("own").affinity()).containsExactly(List.of(2, 3), List.of(6, 7));
    assertThat(pool.vm("none").affinity()).containsExactly(List.of(2, 3, 4, 5, 6, 7));
    assertThat(pool.vm("apart").affinity()).isEmpty();
    assertThat(pool.pool().leftOut())
        .anyMatch(line -> line.contains("no pCPU in common") && line.contains("apart"));
  }

  private static String vm(String name, String parameters) {
    return "<row ref=\"%s\" name__label=\"%s\" power_state=\"Running\" resident_on=\"h\" VCPUs__at_startup=\"3\" VCPUs__params=\"%s\"/>"
        .formatted(name, name, parameters);
  }

  @Test
  void whatIsOutOfItsRangeIsNamedInTheListAtTheEnd() throws Exception {
    Imported pool =
        text(
            "<table name=\"host\"><row ref=\"h\" name__label=\"h\"/></table>"
                + "<table name=\"network\"><row ref=\"n\" name__label=\"lan\" MTU=\"70000\"/></table>"
                + "<table name=\"VM\"><row ref=\"v1\" name__label=\"heavy\""
                + " VCPUs__params=\"(('weight' '70000') ('cap' '-5'))\"/>"
                + "<row ref=\"v2\" name__label=\"light\" VCPUs__params=\"(('weight' 'much'))\"/>"
                + "</table><table name=\"VIF\"><row ref=\"i1\" VM=\"v1\" network=\"n\" device=\"0\""
                + " MAC=\"zz:00\" qos__algorithm_type=\"ratelimit\""
                + " qos__algorithm_params=\"(('kbps' '0'))\"/><row ref=\"i2\" VM=\"v2\" network=\"n\""
                + " device=\"1\" MAC=\"02:00:00:00:00:01\" qos__algorithm_type=\"shaping\"/></table>");

    assertThat(pool.vm("heavy").weight()).isEqualTo(256);
    assertThat(pool.vm("light").weight()).isEqualTo(256);
    assertThat(pool.pool().assumed())
        .anyMatch(
            line -> line.contains("weight") && line.contains("70000") && line.contains("much"))
        .anyMatch(line -> line.contains("cap") && line.contains("heavy"))
        .anyMatch(line -> line.contains("MAC") && line.contains("heavy, VIF 0"))
        .anyMatch(line -> line.contains("MTU") && line.contains("lan"));
    assertThat(pool.pool().leftOut())
        .anyMatch(line -> line.contains("VIF limit") && line.contains("heavy, VIF 0"))
        .anyMatch(line -> line.contains("VIF limit") && line.contains("shaping"));
  }

  @Test
  void refusesADatabaseWithoutAHost() {
    assertThatThrownBy(() -> text("<table name=\"VM\"/>"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("state.db:1:1: the database has no host");
  }

  @Test
  void rowsLostAtRandomLeaveAPoolThatLoadsAndRuns() throws Exception {
    for (String name : List.of("schema-5.66.xml", "schema-5.909.xml")) {
      String whole = Files.readString(Path.of("src", "test", "resources", "xapi-db", name));
      Random random = new Random(7);
      for (int round = 0; round < 40; round++) {
        StringBuilder kept = new StringBuilder();
        for (String line : whole.split("\n", -1)) {
          boolean row = line.contains("<row ") && !line.contains("keep=");
          if (!row || random.nextInt(4) > 0) {
            kept.append(line).append('\n');
          }
        }
        Imported pool = imported(Files.writeString(folder.resolve("lossy.xml"), kept));
        assertThat(pool.loaded().poolSpec().hosts()).isNotEmpty();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> theDatabasesOfRealPoolsLoadAndRun() throws IOException {
    String data = System.getenv("POOLSIM_DATA");
    assumeTrue(data != null, "POOLSIM_DATA is not set: no real databases at hand");
    try (Stream<Path> files = Files.list(Path.of(data, "xapi-db"))) {
      return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        Object running = PoolSummary.of(XapiDatabase.read(file)).get("running");
                        assertThat(
                                imported(file).loaded().poolSpec().vms().stream()
                                    .filter(vm -> vm.powerState() == PowerState.RUNNING)
                                    .count())
                            .isEqualTo(running);
                      }));
    }
  }
}
