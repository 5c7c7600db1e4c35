// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.poolsim.engine.stat.ConfidenceInterval;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.result.AlarmRate;
import org.poolsim.reports.result.Objective;

/**
 * How many alarms each variable raised in one replication. Variables of one name, level and kind of
 * object are one.
 */
final class AlarmCounts {
  private static final double CONFIDENCE = 0.95;

  private final Map<Key, Integer> counts = new LinkedHashMap<>();

  private record Key(String objectClass, String variable, boolean high, double level) {}

  AlarmCounts(List<Alarm> alarms) {
    for (Alarm alarm : alarms) {
      counts.merge(
          new Key(alarm.objectClass(), alarm.variable(), alarm.high(), alarm.level()),
          1,
          Integer::sum);
    }
  }

  /** Returns the rates, in the order in which the variables raised their first alarm. */
  static List<AlarmRate> rates(List<AlarmCounts> replications) {
    Set<Key> keys = new LinkedHashSet<>();
    replications.forEach(each -> keys.addAll(each.counts.keySet()));
    List<AlarmRate> rates = new ArrayList<>();
    for (Key key : keys) {
      double[] counts =
          replications.stream().mapToDouble(each -> each.counts.getOrDefault(key, 0)).toArray();
      rates.add(
          new AlarmRate(
              key.objectClass(),
              key.variable(),
              key.high(),
              key.level(),
              counts.length,
              (int) Arrays.stream(counts).filter(count -> count > 0).count(),
              Arrays.stream(counts).average().orElse(0),
              interval(counts)));
    }
    return rates;
  }

  private static Optional<Objective.Interval> interval(double[] counts) {
    if (counts.length < 2) {
      return Optional.empty();
    }
    ConfidenceInterval interval = ConfidenceInterval.ofMean(counts, CONFIDENCE);
    // There are no fewer alarms than none.
    return Optional.of(
        new Objective.Interval(Math.max(0, interval.low()), interval.high(), CONFIDENCE));
  }
}
