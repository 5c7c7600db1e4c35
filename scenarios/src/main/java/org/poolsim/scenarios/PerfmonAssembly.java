// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.Perfmon;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Sr;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.NamePattern;
import org.poolsim.scenarios.yaml.Places;

/** Turns what a scenario says of alarms into the XML that perfmon reads on a real host. */
final class PerfmonAssembly {
  private static final long NANOS = 1_000_000_000L;
  private static final long PERIOD_SECONDS = 60;
  private static final long INHIBIT_SECONDS = 3600;
  private static final int PRIORITY = 3;

  private PerfmonAssembly() {}

  /** Adds what is wrong with any object's alarms. */
  static void check(
      Scenario scenario, Places places, Mistakes mistakes, PerfmonSetting.Check check) {
    if (scenario.pool() != null) {
      for (Host host : scenario.pool().hosts()) {
        check(Owner.Kind.HOST, host, host.perfmon(), places, mistakes, check);
      }
      for (Sr sr : scenario.pool().storage()) {
        check(Owner.Kind.SR, sr, sr.perfmon(), places, mistakes, check);
      }
    }
    for (Vm vm : scenario.vms()) {
      check(Owner.Kind.VM, vm, vm.perfmon(), places, mistakes, check);
    }
  }

  private static void check(
      Owner.Kind kind,
      Object object,
      List<Perfmon> entries,
      Places places,
      Mistakes mistakes,
      PerfmonSetting.Check check) {
    if (!places.sound(object, "perfmon")) {
      return;
    }
    for (int i = 0; i < entries.size(); i++) {
      Perfmon entry = entries.get(i);
      if (entry instanceof Perfmon.Config config) {
        if (places.sound(config, "config")) {
          for (String mistake : check.mistakes(kind, config.config())) {
            mistakes.add(
                places.of(object, "perfmon", i), "perfmon: at " + mistake + " (place in the XML)");
          }
        }
        continue;
      }
      Perfmon.Variable variable = (Perfmon.Variable) entry;
      boolean sound = places.sound(variable, "name");
      for (String key : List.of("alarm_trigger_period", "alarm_auto_inhibit_period")) {
        long nanos =
            key.equals("alarm_trigger_period")
                ? variable.alarmTriggerPeriod()
                : variable.alarmAutoInhibitPeriod();
        if (places.sound(variable, key) && nanos % NANOS != 0) {
          mistakes.add(places.of(variable, key), key + ": expected whole seconds");
          sound = false;
        }
      }
      if (sound) {
        for (String mistake : check.mistakes(kind, xml(variable))) {
          mistakes.add(
              places.of(object, "perfmon", i),
              "perfmon: " + mistake.replaceFirst("^[0-9]+:[0-9]+: ", ""));
        }
      }
    }
  }

  /** Returns the settings of every object that has any: hosts, VMs, SRs. */
  static List<PerfmonSetting> settings(Scenario scenario) {
    List<PerfmonSetting> settings = new ArrayList<>();
    for (Host host : scenario.pool().hosts()) {
      add(settings, Owner.Kind.HOST, host.name(), host.perfmon());
    }
    for (Vm vm : scenario.vms()) {
      add(settings, Owner.Kind.VM, vm.name(), vm.perfmon());
    }
    for (Sr sr : scenario.pool().storage()) {
      add(settings, Owner.Kind.SR, sr.name(), sr.perfmon());
    }
    return settings;
  }

  private static void add(
      List<PerfmonSetting> to, Owner.Kind kind, String pattern, List<Perfmon> entries) {
    if (entries.isEmpty()) {
      return;
    }
    List<String> texts =
        entries.stream()
            .map(
                entry ->
                    entry instanceof Perfmon.Config config
                        ? config.config()
                        : xml((Perfmon.Variable) entry))
            .toList();
    for (String name : NamePattern.expand(pattern)) {
      to.add(new PerfmonSetting(kind, name, texts));
    }
  }

  /** The XML of one variable; what is as it would be anyway is left out. */
  private static String xml(Perfmon.Variable variable) {
    Map<String, String> elements = new LinkedHashMap<>();
    elements.put("name", variable.name());
    if (variable.alarmTriggerLevel() != null) {
      elements.put("alarm_trigger_level", number(variable.alarmTriggerLevel()));
    }
    long period = variable.alarmTriggerPeriod() / NANOS;
    if (period != PERIOD_SECONDS) {
      elements.put("alarm_trigger_period", Long.toString(period));
    }
    long inhibit = variable.alarmAutoInhibitPeriod() / NANOS;
    if (inhibit != INHIBIT_SECONDS) {
      elements.put("alarm_auto_inhibit_period", Long.toString(inhibit));
    }
    if (variable.alarmTriggerSense() != null) {
      elements.put("alarm_trigger_sense", word(variable.alarmTriggerSense()));
    }
    if (variable.alarmPriority() != PRIORITY) {
      elements.put("alarm_priority", Integer.toString(variable.alarmPriority()));
    }
    if (variable.consolidationFn() != null) {
      elements.put("consolidation_fn", word(variable.consolidationFn()));
    }
    if (variable.rrdRegex() != null) {
      elements.put("rrd_regex", variable.rrdRegex());
    }
    return PerfmonXml.write(List.of(elements));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
