// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.serve.Happening;

/** Alarms in words. Values are in the units of the data sources, as in the messages. */
final class AlarmWords {
  /** Two alarms of one variable within a round of perfmon, 300 s and 5 %, are told as one. */
  private static final long ROUND_NANOS = 315_000_000_000L;

  private AlarmWords() {}

  /** Returns an alarm as the service tells of it. */
  static Happening happening(Alarm alarm) {
    return new Happening(
        alarm.atNanos(),
        "alarm",
        alarm.object().name(),
        sentence(alarm),
        Optional.of(
            new Happening.Message(
                Alarm.NAME,
                alarm.priority(),
                alarm.objectClass(),
                alarm.object().uuid(),
                alarm.body())));
  }

  static String sentence(Alarm alarm) {
    return alarm.variable()
        + " of "
        + alarm.object().name()
        + " is "
        + number(alarm.value())
        + ", "
        + beyond(alarm);
  }

  private static String beyond(Alarm alarm) {
    return (alarm.high() ? "above " : "below ") + number(alarm.level());
  }

  private static String number(double value) {
    double magnitude = Math.abs(value);
    if (magnitude >= 1000 && magnitude < 1e15) {
      return Long.toString(Math.round(value));
    }
    String text = String.format(Locale.ROOT, "%.4g", value);
    return text.indexOf('.') < 0 || text.indexOf('e') >= 0
        ? text
        : text.replaceFirst("\\.?0+$", "");
  }

  private static final class Group {
    final Alarm first;
    long untilNanos;
    int count = 1;

    Group(Alarm first) {
      this.first = first;
      untilNanos = first.atNanos();
    }
  }

  /**
   * Returns the alarms for the timeline: those of one variable, level and kind of object that
   * follow each other within a round of perfmon are one event.
   */
  static List<RunEvent> events(List<Alarm> alarms) {
    List<Group> groups = new ArrayList<>();
    Map<String, Group> open = new HashMap<>();
    Map<String, Integer> variables = new LinkedHashMap<>();
    for (Alarm alarm : alarms) {
      variables.merge(alarm.variable(), 1, Integer::sum);
      String key = alarm.objectClass() + " " + alarm.variable() + " " + alarm.level();
      Group group = open.get(key);
      if (group == null || alarm.atNanos() - group.untilNanos > ROUND_NANOS) {
        group = new Group(alarm);
        open.put(key, group);
        groups.add(group);
      } else {
        group.untilNanos = alarm.atNanos();
        group.count++;
      }
    }
    List<RunEvent> events = new ArrayList<>();
    for (Group group : groups) {
      Alarm first = group.first;
      String text =
          group.count == 1
              ? "alarm: " + sentence(first)
              : group.count
                  + " alarms: "
                  + first.variable()
                  + " "
                  + beyond(first)
                  + ", "
                  + first.object().name()
                  + " first";
      events.add(
          new RunEvent(
              first.atNanos(),
              RunEvent.Kind.ALERT,
              first.object().name(),
              text,
              events.isEmpty() ? inAll(alarms.size(), variables) : "",
              group.untilNanos > first.atNanos()
                  ? OptionalLong.of(group.untilNanos)
                  : OptionalLong.empty()));
    }
    return events;
  }

  /** The first event says how many there were, as it is told in the summary. */
  private static String inAll(int count, Map<String, Integer> variables) {
    if (count == 1) {
      return "the only alarm";
    }
    List<String> parts = new ArrayList<>();
    variables.forEach((name, each) -> parts.add(each + " of " + name));
    return count + " alarms in all" + (parts.size() == 1 ? "" : ": " + String.join(", ", parts));
  }
}
