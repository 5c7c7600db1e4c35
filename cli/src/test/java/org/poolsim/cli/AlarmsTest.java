// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alarms that a scenario asks for, from the file to what the run leaves behind. */
final class AlarmsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCENARIO =
      """
      poolsim: 1
      name: alarms
      duration: 2h30min
      pool:
        hosts:
          - name: host-1
            cpu: {cores: 4, clock: 2.5GHz}
            memory: 32GiB
            perfmon: {name: cpu_usage, alarm_trigger_level: 0.45, alarm_trigger_period: 10min}
      vms:
        - name: web-[1..2]
          vcpus: 1
          memory: 4GiB
          workload: {constant: 90%}
          perfmon:
            - "<config><variable><name value='cpu_usage'/><alarm_trigger_level value='0.8'/>\
              <alarm_priority value='2'/></variable></config>"
        - name: calm
          vcpus: 1
          memory: 4GiB
          workload: {constant: 10%}
          perfmon: {name: cpu_usage, alarm_trigger_level: 0.8}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Poolsim.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private static List<JsonNode> alarms(Path run) throws IOException {
    List<JsonNode> alarms = new ArrayList<>();
    long before = 0;
    for (String line : Files.readAllLines(run.resolve("events.jsonl"))) {
      JsonNode event = JSON.readTree(line);
      assertThat(event.get("at_nanos").asLong()).isGreaterThanOrEqualTo(before);
      before = event.get("at_nanos").asLong();
      if (event.get("kind").asString().equals("alarm")) {
        alarms.add(event);
      }
    }
    return alarms;
  }

  @Test
  void alarmsAreEventsAndMarksOnTheTimeline() throws IOException {
    Path scenario = Files.writeString(folder.resolve("alarms.yaml"), SCENARIO);
    Path run = folder.resolve("run");
    assertThat(run("run", scenario.toString(), "-o", run.toString())).as(err.toString()).isZero();

    List<JsonNode> alarms = alarms(run);
    assertThat(alarms)
        .extracting(alarm -> alarm.get("entity").asString())
        .doesNotContain("calm")
        .contains("web-1", "web-2", "host-1");
    for (String entity : List.of("web-1", "host-1")) {
      List<Long> seconds =
          alarms.stream()
              .filter(alarm -> alarm.get("entity").asString().equals(entity))
              .map(alarm -> alarm.get("at_nanos").asLong() / 1_000_000_000L)
              .toList();
      // One bad minute raises the VM's at the first look, after 300 to 315 s. The host's needs ten;
      // the very first minute is too low, as its first sample is unknown (D4), so that the tenth
      // ends at 660 s and the third look sees it. Then each is inhibited for an hour.
      long first = entity.equals("host-1") ? 900 : 300;
      assertThat(seconds).as(entity).hasSize(3);
      assertThat(seconds.get(0)).isBetween(first, first + first / 20);
      for (int i = 1; i < seconds.size(); i++) {
        // While it is inhibited the trigger period runs on and begins anew.
        assertThat(seconds.get(i) - seconds.get(i - 1)).isBetween(3600L, 3600L + first + 315);
      }
    }
    JsonNode ofVm =
        alarms.stream()
            .filter(alarm -> alarm.get("entity").asString().equals("web-1"))
            .findFirst()
            .orElseThrow();
    assertThat(ofVm.get("name").asString()).isEqualTo("ALARM");
    assertThat(ofVm.get("cls").asString()).isEqualTo("VM");
    assertThat(ofVm.get("priority").asInt()).isEqualTo(2);
    // The minute's first sample is unknown: eleven twelfths of 90 % (D4).
    assertThat(ofVm.get("value").asDouble()).isBetween(0.8249, 0.8251);
    assertThat(ofVm.get("body").asString())
        .matches(
            "(?s)value: 0\\.825000\nconfig:\n<variable>\n\t<name value=\"cpu_usage\"/>\n.*</variable>\n");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("\"kind\":\"ALERT\"")
        .contains("2 alarms: cpu_usage above 0.8, web-");
    assertThat(out.toString().replaceAll("\\s+", " ")).contains("9 alarms in all");

    Path again = folder.resolve("again");
    assertThat(run("run", scenario.toString(), "-q", "-o", again.toString())).isZero();
    assertThat(again.resolve("events.jsonl")).hasSameBinaryContentAs(run.resolve("events.jsonl"));
    String written = run.resolve("scenario.yaml").toString();
    assertThat(run("run", written, "-q", "-o", again.toString())).isZero();
    assertThat(again.resolve("events.jsonl")).hasSameBinaryContentAs(run.resolve("events.jsonl"));
  }

  @Test
  void alarmsAreCountedInEveryReplication() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("alarms.yaml"),
            SCENARIO
                + """
                    - name: moody
                      vcpus: 1
                      memory: 4GiB
                      workload: {stochastic: {mean: 50%, deviation: 30%, step: 5min}}
                      perfmon: {name: cpu_usage, alarm_trigger_level: 0.7, alarm_auto_inhibit_period: 0s}
                  """);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertThat(run(scenario, one, "--replications=4", "--threads=1")).as(err.toString()).isZero();
    assertThat(run(scenario, two, "--replications=4", "--threads=2")).isZero();

    assertThat(two.resolve("summary.json")).hasSameBinaryContentAs(one.resolve("summary.json"));
    JsonNode alarms = JSON.readTree(Files.readString(one.resolve("summary.json"))).get("alarms");
    assertThat(alarms).hasSize(3);
    // What is constant raises as many in each: three of each of two VMs, three of the host.
    assertThat(rate(alarms, "VM", 0.8).get("mean_per_replication").asDouble()).isEqualTo(6);
    assertThat(rate(alarms, "VM", 0.8).get("interval").get("low").asDouble()).isEqualTo(6);
    assertThat(rate(alarms, "Host", 0.45).get("mean_per_replication").asDouble()).isEqualTo(3);
    assertThat(rate(alarms, "Host", 0.45).get("replications_with").asInt()).isEqualTo(4);
    // What is random does not.
    JsonNode moody = rate(alarms, "VM", 0.7);
    long first =
        alarms(one).stream()
            .filter(alarm -> alarm.get("entity").asString().equals("moody"))
            .count();
    double mean = moody.get("mean_per_replication").asDouble();
    assertThat(mean).isPositive().isNotEqualTo((double) first);
    assertThat(moody.get("interval").get("high").asDouble()).isGreaterThan(mean);
    assertThat(moody.get("interval").get("low").asDouble()).isNotNegative();
    assertThat(Files.readString(one.resolve("report.html")))
        .contains("Alarms in 4 replications: cpu_usage of VMs above 0.8 in 4 of them, 6 a repl");
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("cpu_usage of hosts above 0.45 in 4 of them, 3 a replication (95 % interval 3");
  }

  private int run(Path scenario, Path to, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("run", scenario.toString(), "-o", to.toString()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(new String[0]));
  }

  private static JsonNode rate(JsonNode alarms, String objects, double level) {
    for (JsonNode alarm : alarms) {
      if (alarm.get("class").asString().equals(objects) && alarm.get("level").asDouble() == level) {
        return alarm;
      }
    }
    throw new AssertionError("no " + objects + " above " + level + " in " + alarms);
  }

  @Test
  void anSrThatIsAlmostFullRaisesAnAlarmByDefaultValues() throws IOException {
    String storage =
        """
          arrays: [{name: san, device: ssd-sata}]
          storage:
            - {name: full, type: lvmohba, on: san, size: 50GiB, perfmon: {name: physical_utilisation}}
            - {name: roomy, type: lvmohba, on: san, size: 51GiB, perfmon: {name: physical_utilisation}}
            - name: files
              type: nfs
              on: san
              size: 100GiB
              used: 81GiB
              perfmon: {name: physical_utilisation}
        vms:
          - {name: a, vcpus: 1, memory: 1GiB, disks: [{sr: full, size: 40GiB}]}
          - {name: b, vcpus: 1, memory: 1GiB, disks: [{sr: roomy, size: 40GiB}]}
        """;
    Path scenario =
        Files.writeString(
            folder.resolve("full.yaml"),
            SCENARIO.substring(0, SCENARIO.indexOf("vms:")).replace("2h30min", "20min") + storage);
    Path run = folder.resolve("run");
    assertThat(run("run", scenario.toString(), "-q", "-o", run.toString()))
        .as(err.toString())
        .isZero();
    // With header, table and bitmaps 40.09 GiB are taken: 80.2 % of 50, 78.6 % of 51.
    assertThat(alarms(run))
        .extracting(alarm -> alarm.get("cls").asString() + " " + alarm.get("entity").asString())
        .containsExactly("SR full", "SR files");
    assertThat(alarms(run).get(1).get("value").asDouble()).isBetween(0.80999, 0.81001);
    JsonNode pool = JSON.readTree(Files.readString(run.resolve("pool.json")));
    assertThat(pool.get("srs").get(0).get("virtualBytes").asLong()).isEqualTo(40L << 30);
    String uuid = pool.get("srs").get(0).get("uuid").asString();
    assertThat(Files.readString(run.resolve("rrd/sr-" + uuid + ".xml")))
        .contains("<name>physical_utilisation</name><type>GAUGE</type>")
        .contains("<name>size</name><type>GAUGE</type>");
    assertThat(run("check", scenario.toString(), "--set", "pool.storage.files.used=101GiB"))
        .isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString()).contains("used: is more than the SR's size");
  }

  /** A database in the form of xapi's: the escapes of the attribute, quoted texts below them. */
  private static final String DATABASE =
      """
      <database>
        <table name="pool">
          <row ref="OpaqueRef:pool" name__label="lab" master="OpaqueRef:h"/>
        </table>
        <table name="host">
          <row ref="OpaqueRef:h" uuid="39200c7e-10ed-5eb5-aea2-cb71f8f82173" name__label="one" metrics="OpaqueRef:hm"
            other_config="(('iscsi_iqn'%.'iqn.2026-01.org.example:h') ('perfmon'%.'&lt;config&gt;&lt;variable&gt;&lt;name value=\\&quot;cpu_usage\\&quot;/&gt;&lt;alarm_trigger_level value=\\&quot;0.9\\&quot;/&gt;&lt;/variable&gt;&lt;/config&gt;'))"/>
        </table>
        <table name="host_metrics">
          <row ref="OpaqueRef:hm" memory__total="34359738368"/>
        </table>
        <table name="SR">
          <row ref="OpaqueRef:sr" uuid="e972cbbc-e976-5a05-a219-e6259321eece" name__label="local" type="lvm" shared="false"
            physical_size="100000000000" physical_utilisation="90000000000"
            other_config="(('perfmon'%.'&lt;config&gt;%n%t&lt;variable&gt;%n%t%t&lt;name value=\\&quot;physical_utilisation\\&quot;/&gt;%n%t&lt;/variable&gt;%n&lt;/config&gt;'))"/>
        </table>
        <table name="PBD">
          <row ref="OpaqueRef:p" SR="OpaqueRef:sr" host="OpaqueRef:h" currently_attached="true"/>
        </table>
        <table name="VM">
          <row ref="OpaqueRef:d" name__label="Control" power_state="Running" resident_on="OpaqueRef:h" is_control_domain="true"
            memory__static_max="2147483648" VCPUs__max="4"
            other_config="(('perfmon' '&lt;config&gt;&lt;variable&gt;&lt;name value=\\&quot;fs_usage\\&quot;/&gt;&lt;/variable&gt;&lt;/config&gt;'))"/>
          <row ref="OpaqueRef:a" name__label="web" power_state="Running" resident_on="OpaqueRef:h" is_control_domain="false"
            memory__static_max="2147483648" VCPUs__max="2"
            other_config="(('perfmon' '&lt;config&gt;&lt;variable&gt;&lt;name value=\\&quot;mem_usage\\&quot;/&gt;&lt;/variable&gt;&lt;variable&gt;&lt;name value=\\&quot;network_usage\\&quot;/&gt;&lt;alarm_trigger_level value=\\&quot;1e6\\&quot;/&gt;&lt;alarm_priority value=\\&quot;2\\&quot;/&gt;&lt;/variable&gt;&lt;/config&gt;'))"/>
          <row ref="OpaqueRef:b" name__label="cut" power_state="Running" resident_on="OpaqueRef:h" is_control_domain="false"
            memory__static_max="2147483648" VCPUs__max="1" other_config="(('perfmon' '&lt;config&gt;&lt;variable&gt;'))"/>
          <row ref="OpaqueRef:c" name__label="odd" power_state="Halted" is_control_domain="false"
            memory__static_max="2147483648" VCPUs__max="1" other_config="(('perfmon"/>
        </table>
      </database>
      """;

  @Test
  void theAlarmsOfARealPoolComeWithItsDatabase() throws IOException {
    Path database = Files.writeString(folder.resolve("state.db"), DATABASE);
    Path scenario = folder.resolve("lab.yaml");
    assertThat(run("import", "xapi-db", database.toString(), "-o", scenario.toString()))
        .as(err.toString())
        .isZero();
    assertThat(err.toString())
        .contains("the alarms of a control domain, which reads its own files (one)")
        .contains(
            "an alarm that the scenario cannot have (web: mem_usage reads dom0's own files, which"
                + " are not simulated, cut: not XML of the form <config><variable>...)")
        .contains("other-config that cannot be read, and alarms in it (odd)");

    Path run = folder.resolve("run");
    assertThat(run("run", scenario.toString(), "-q", "--for", "10min", "-o", run.toString()))
        .as(err.toString())
        .isZero();
    JsonNode pool = JSON.readTree(Files.readString(run.resolve("pool.json")));
    assertThat(pool.get("hosts").get(0).get("perfmon").asString())
        .isEqualTo(
            "<config><variable><name value=\"cpu_usage\"/><alarm_trigger_level value=\"0.9\"/>"
                + "</variable></config>");
    assertThat(pool.get("srs").get(0).get("perfmon").asString())
        .isEqualTo(
            "<config>\n\t<variable>\n\t\t<name value=\"physical_utilisation\"/>\n\t</variable>\n"
                + "</config>");
    assertThat(pool.get("vms"))
        .extracting(vm -> vm.get("name").asString() + " " + vm.get("perfmon").asString())
        .containsExactlyInAnyOrder(
            "web <config><variable><name value=\"network_usage\"/><alarm_trigger_level"
                + " value=\"1e6\"/><alarm_priority value=\"2\"/></variable></config>",
            "cut ",
            "odd ");
    assertThat(alarms(run))
        .extracting(alarm -> alarm.get("cls").asString() + " " + alarm.get("entity").asString())
        .containsExactly("SR local");
  }

  @Test
  void whatIsWrongWithAlarmsIsSaidWithItsPlace() throws IOException {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            SCENARIO
                .replace("value='0.8'", "value='much'")
                .replace("name: cpu_usage, alarm_trigger_level: 0.8", "name: disk_usage")
                .replace("period: 10min", "period: 1500ms"));
    assertThat(run("check", wrong.toString())).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(err.toString())
        .contains("wrong.yaml:9:")
        .contains("alarm_trigger_period: expected whole seconds")
        .contains("wrong.yaml:16:")
        .contains("<alarm_trigger_level> is \"much\", expected a number")
        .contains("wrong.yaml:21:")
        .contains("disk_usage lacks <alarm_trigger_level>");
  }
}
