// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;
import java.util.OptionalDouble;

/**
 * All VMs of the run, one row each.
 *
 * @param figures what each row has figures of, in order
 * @param series names and units of what each row has series of, in order; the first is its
 *     sparkline
 * @param sortedBy key of the figure by which the table opens, worst first; empty for the order of
 *     rows
 * @param rows the VMs
 */
public record VmTable(
    List<Figure> figures, List<SeriesName> series, String sortedBy, List<Row> rows) {
  public VmTable {
    figures = List.copyOf(figures);
    series = List.copyOf(series);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values().size() != figures.size()
          || (!row.series().isEmpty() && row.series().size() != series.size())) {
        throw new IllegalArgumentException(row.name() + " does not match the table's columns");
      }
    }
  }

  /** A table without VMs. */
  public static VmTable empty() {
    return new VmTable(List.of(), List.of(), "", List.of());
  }

  /**
   * A figure that every VM has.
   *
   * @param key its word in a condition such as {@code boot > 90s}
   * @param title the column's heading
   * @param unit of the values
   * @param limit the objective's limit, above which a value is over a limit
   */
  public record Figure(String key, String title, Unit unit, OptionalDouble limit) {}

  /**
   * A series that a VM may have.
   *
   * @param title what it is
   * @param unit of its values
   */
  public record SeriesName(String title, Unit unit) {}

  /**
   * One VM.
   *
   * @param name the VM's name
   * @param hosts the hosts it ran on, in order; empty if it never ran
   * @param restarted whether HA restarted it
   * @param values one for each figure; null for "does not apply", NaN for unknown
   * @param series one for each series name, or none at all for a VM that was not recorded
   */
  public record Row(
      String name,
      List<String> hosts,
      boolean restarted,
      List<Double> values,
      List<Columns> series) {
    public Row {
      hosts = List.copyOf(hosts);
      values = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(values));
      series = List.copyOf(series);
    }
  }
}
