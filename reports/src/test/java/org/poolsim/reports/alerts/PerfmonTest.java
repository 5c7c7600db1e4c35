// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;

class PerfmonTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Owner HOST = new Owner(Owner.Kind.HOST, "h-uuid", "host-1");
  private static final Owner SR = new Owner(Owner.Kind.SR, "0a1b2c3d-rest", "golden");

  private static final Owner VM = new Owner(Owner.Kind.VM, "v-uuid", "web-1");

  private final Simulator simulator = new Simulator();
  private final DataSources sources = new DataSources();
  private final Recorder recorder = new Recorder(simulator, RecorderOptions.defaults());
  private final List<Alarm> alarms = new ArrayList<>();
  private final List<Owner> vms = new ArrayList<>(List.of(VM));
  private final PerfmonSettings settings = new PerfmonSettings();
  private final Perfmon perfmon =
      new Perfmon(
          simulator,
          recorder,
          settings,
          new Perfmon.Host() {
            @Override
            public Owner owner() {
              return HOST;
            }

            @Override
            public List<Owner> vms() {
              return vms;
            }

            @Override
            public List<Owner> srs() {
              return List.of(SR);
            }
          },
          () -> 0,
          alarms::add);

  PerfmonTest() {
    sources.subscribe(recorder);
  }

  private Gauge gauge(Owner owner, String name, double value) {
    return sources.add(
        new Gauge(
            new Description(
                owner, name, "", "", Description.Type.GAUGE, false, 0, 1e18, false, true),
            value));
  }

  private static String config(String... elements) {
    return "<config><variable>" + String.join("", elements) + "</variable></config>";
  }

  @Test
  void oneBadMinuteRaisesAnAlarmAndTheNextHourNone() {
    gauge(HOST, "cpu0", 0.9);
    gauge(HOST, "cpu1", 0.7);
    settings.configure(
        HOST, config("<name value=\"cpu_usage\"/>", "<alarm_trigger_level value=\"0.75\"/>"));
    perfmon.start();
    simulator.runUntil(3500 * SECOND);

    assertThat(alarms).hasSize(1);
    Alarm alarm = alarms.get(0);
    assertThat(alarm.atNanos()).isEqualTo(300 * SECOND);
    assertThat(alarm.value()).isBetween(0.79, 0.81);
    assertThat(alarm.priority()).isEqualTo(3);
    assertThat(alarm.object()).isEqualTo(HOST);
    assertThat(alarm.body())
        .startsWith("value: 0.8")
        .contains("\nconfig:\n<variable>\n\t<name value=\"cpu_usage\"/>\n")
        .endsWith("</variable>\n");

    simulator.runUntil(3900 * SECOND);
    assertThat(alarms).hasSize(2);
  }

  @Test
  void theTriggerPeriodNeedsBadRowsInARow() {
    Gauge free = gauge(HOST, "memory_free_kib", 10);
    settings.configure(
        HOST,
        config(
            "<name value='memory_free_kib'/>",
            "<alarm_trigger_level value='100'/>",
            "<alarm_trigger_period value='180'/>",
            "<alarm_auto_inhibit_period value='0'/>",
            "<alarm_priority value='1'/>"));
    perfmon.start();
    simulator.runUntil(120 * SECOND);
    free.set(500);
    simulator.runUntil(180 * SECOND);
    free.set(10);
    simulator.runUntil(700 * SECOND);

    // Two bad rows, a good one, then three bad ones end at 360 s, three more at 540 s.
    assertThat(alarms).hasSize(2).allMatch(alarm -> alarm.priority() == 1);
    long epoch = RecorderOptions.DEFAULT_EPOCH_SECONDS;
    assertThat(alarms)
        .extracting(alarm -> alarm.rowEndSeconds() - epoch)
        .containsExactly(360L, 540L);
  }

  @Test
  void anSrPutsItsVariableOnEveryHost() {
    gauge(HOST, "io_throughput_total_0a1b2c3d", 50);
    gauge(SR, "physical_utilisation", 90);
    gauge(SR, "size", 100);
    settings.configure(
        SR,
        "<config><variable><name value='sr_io_throughput_total_per_host'/>"
            + "<alarm_trigger_level value='40'/></variable>"
            + "<variable><name value='physical_utilisation'/></variable></config>");
    perfmon.start();
    simulator.runUntil(400 * SECOND);

    assertThat(alarms)
        .extracting(Alarm::variable)
        .containsExactly("sr_io_throughput_total_0a1b2c3d", "physical_utilisation");
    assertThat(alarms.get(0).body()).contains("configured_on class=\"SR\" uuid=\"0a1b2c3d-rest\"");
    assertThat(alarms.get(1).value()).isCloseTo(0.9, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void anUnchangedVariableKeepsItsState() {
    gauge(HOST, "cpu0", 1);
    String text = config("<name value='cpu_usage'/>", "<alarm_trigger_level value='0.5'/>");
    settings.configure(HOST, text);
    perfmon.start();
    simulator.runUntil(310 * SECOND);
    settings.configure(HOST, text);
    simulator.runUntil(1000 * SECOND);
    assertThat(alarms).hasSize(1);
    settings.configure(HOST, text.replace("0.5", "0.6"));
    simulator.runUntil(1300 * SECOND);
    assertThat(alarms).hasSize(2);
  }

  @Test
  void allMistakesAreNamedAtOnceWithTheirPlace() {
    assertThatThrownBy(
            () ->
                settings.configure(
                    HOST,
                    "<config>\n<variable><name value='disk_usage'/></variable>\n"
                        + "<variable><nme value='x'/><alarm_trigger_level value='much'/>"
                        + "</variable></config>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perfmon:2:")
        .hasMessageContaining("lacks <alarm_trigger_level>")
        .hasMessageContaining("lacks <rrd_regex>")
        .hasMessageContaining("perfmon:3:")
        .hasMessageContaining("<nme> is unknown");
    assertThatThrownBy(() -> settings.configure(HOST, "<config>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perfmon:1:");
  }

  @Test
  void aVmThatLeavesTheHostIsForgotten() {
    gauge(VM, "cpu0", 1);
    settings.configure(
        VM, config("<name value='cpu_usage'/>", "<alarm_trigger_level value='0.5'/>"));
    perfmon.start();
    simulator.runUntil(310 * SECOND);
    assertThat(alarms).extracting(Alarm::objectClass).containsExactly("VM");
    vms.clear();
    simulator.runUntil(610 * SECOND);
    vms.add(VM);
    simulator.runUntil(910 * SECOND);
    // Back again, nothing inhibits it.
    assertThat(alarms).extracting(Alarm::atNanos).containsExactly(300 * SECOND, 900 * SECOND);
  }

  @Test
  void sourcesAreChosenAndPutTogetherAsTheScriptDoes() {
    gauge(HOST, "cpu0", 0.2);
    gauge(HOST, "cpu1", 0.6);
    gauge(HOST, "cpu_avg", 5);
    settings.configure(
        HOST,
        config(
            "<name value='busiest'/>",
            "<rrd_regex value='cpu[0-9]+'/>",
            "<consolidation_fn value='max'/>",
            "<alarm_trigger_level value='0.5'/>"),
        config(
            "<name value='both'/>",
            "<rrd_regex value='cpu[0-9]+'/>",
            "<alarm_trigger_level value='0.7'/>"),
        // No such source counts as 0, which is below.
        config(
            "<name value='none'/>",
            "<rrd_regex value='gpu'/>",
            "<alarm_trigger_sense value='low'/>",
            "<alarm_trigger_level value='0.5'/>"));
    perfmon.start();
    simulator.runUntil(310 * SECOND);
    assertThat(alarms)
        .extracting(alarm -> alarm.variable() + " " + Math.round(alarm.value() * 10))
        .containsExactlyInAnyOrder("busiest 6", "both 8", "none 0");
  }

  @Test
  void wholeNumbersAreAskedForWhereTheScriptTakesThem() {
    assertThat(
            Perfmon.mistakes(
                Owner.Kind.VM,
                config(
                    "<name value='cpu_usage'/>",
                    "<alarm_trigger_level value='0.5'/>",
                    "<alarm_trigger_period value='1.5'/>")))
        .singleElement()
        .asString()
        .contains("alarm_trigger_period")
        .contains("whole number");
  }
}
