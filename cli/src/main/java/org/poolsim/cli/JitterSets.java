// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.poolsim.validation.Replay.Repeated;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cases of a validation that were judged over several sets of jitter: how many are within in
 * each set, and which of them are not within in all.
 */
final class JitterSets {
  private final int sets;
  private final List<Repeated> cases = new ArrayList<>();

  JitterSets(int sets) {
    this.sets = sets;
  }

  void add(List<Repeated> more) {
    cases.addAll(more);
  }

  /** Prints nothing if there was nothing to judge repeatedly. */
  void print(PrintWriter out) {
    if (cases.isEmpty()) {
      return;
    }
    SummaryStatistics within = withinPerSet();
    int idWidth = cases.stream().mapToInt(one -> one.id().length()).max().orElse(0);
    out.printf(Locale.ROOT, "%nof %d sets of jitter not within in%n", sets);
    for (Repeated one : unsure()) {
      out.printf(
          Locale.ROOT,
          "%-" + idWidth + "s  %3d  most often %s%n",
          one.id(),
          one.outside(),
          one.mostOften());
    }
    out.printf(
        Locale.ROOT,
        "within of %d, by set of jitter: mean %.1f (%.1f %%), standard deviation %.1f, least %d,"
            + " greatest %d%n%n",
        cases.size(),
        within.getMean(),
        100 * within.getMean() / cases.size(),
        within.getStandardDeviation(),
        (long) within.getMin(),
        (long) within.getMax());
  }

  /** Adds nothing if there was nothing to judge repeatedly. */
  void addTo(ObjectNode root) {
    if (cases.isEmpty()) {
      return;
    }
    SummaryStatistics within = withinPerSet();
    ObjectNode node = root.putObject("jitter_sets");
    node.put("sets", sets)
        .put("cases", cases.size())
        .put("within_mean", within.getMean())
        .put("within_stddev", within.getStandardDeviation())
        .put("within_min", (long) within.getMin())
        .put("within_max", (long) within.getMax());
    ArrayNode bySet = node.putArray("within_by_set");
    for (int set = 0; set < sets; set++) {
      bySet.add(within(set));
    }
    ArrayNode unsure = node.putArray("not_within_in_all");
    for (Repeated one : unsure()) {
      unsure
          .addObject()
          .put("case", one.id())
          .put("sets_outside", one.outside())
          .put("most_often", one.mostOften());
    }
  }

  private List<Repeated> unsure() {
    return cases.stream().filter(one -> one.outside() > 0).toList();
  }

  private SummaryStatistics withinPerSet() {
    SummaryStatistics statistics = new SummaryStatistics();
    for (int set = 0; set < sets; set++) {
      statistics.addValue(within(set));
    }
    return statistics;
  }

  private long within(int set) {
    return cases.stream().filter(one -> one.within().get(set)).count();
  }
}
