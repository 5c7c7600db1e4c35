// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.poolsim.pool.MetricSeries;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.result.VmTable;

/** What the report says of each VM of a run. */
final class VmResult {
  /** Beyond this many VMs, only the worst keep their series in the report. */
  private static final int MOST_VM_SERIES = 1_000;

  private record VmFigure(String key, String title, String metric, double percentile, Unit unit) {}

  private static final List<VmFigure> VM_FIGURES =
      List.of(
          new VmFigure("boot", "Boot", "vm.boot_time", 100, Unit.SECONDS),
          new VmFigure("response", "Response p95", "request.response_time", 95, Unit.SECONDS),
          new VmFigure("wait", "vCPU wait p95", "vm.cpu_wait", 95, Unit.FRACTION),
          new VmFigure("cpu", "vCPU usage p95", "vm.cpu_usage", 95, Unit.FRACTION),
          new VmFigure("read", "Read p99", "vbd.read_latency", 99, Unit.SECONDS),
          new VmFigure("write", "Write p99", "vbd.write_latency", 99, Unit.SECONDS));

  private final RunSpec run;
  private final Pool pool;
  private final RunRecorder recorder;
  private final PoolCourse course;
  private final long endNanos;

  VmResult(RunSpec run, Pool pool, RunRecorder recorder, PoolCourse course, long endNanos) {
    this.run = run;
    this.pool = pool;
    this.recorder = recorder;
    this.course = course;
    this.endNanos = endNanos;
  }

  /** Returns the table. */
  VmTable table() {
    if (pool.vms().isEmpty()) {
      return VmTable.empty();
    }
    List<VmFigure> shown = VM_FIGURES.stream().filter(figure -> isMeasured(figure.metric)).toList();
    Map<VmFigure, MetricSeries> metrics = new LinkedHashMap<>();
    shown.forEach(figure -> metrics.put(figure, pool.metrics().find(figure.metric).orElseThrow()));
    List<VmTable.Row> rows = new ArrayList<>();
    for (int i = 0; i < pool.vms().size(); i++) {
      PoolVm vm = pool.vms().get(i);
      List<Double> values = new ArrayList<>();
      for (VmFigure figure : shown) {
        MetricSeries.Values own = metrics.get(figure).values(i);
        double toBase = RunRecorder.toBase(metrics.get(figure).definition().unit());
        values.add(own.count() == 0 ? null : (Double) (own.percentile(figure.percentile) * toBase));
      }
      values.add((double) vm.spec().memory().staticMaxBytes());
      rows.add(new VmTable.Row(vm.name(), course.hostsOf(vm), false, values, vmSeries(vm)));
    }
    List<VmTable.Figure> figures = new ArrayList<>();
    for (VmFigure figure : shown) {
      figures.add(new VmTable.Figure(figure.key, figure.title, figure.unit, limit(figure)));
    }
    figures.add(new VmTable.Figure("memory", "Memory", Unit.BYTES, OptionalDouble.empty()));
    List<VmTable.SeriesName> series =
        List.of(
            new VmTable.SeriesName("vCPU usage", Unit.FRACTION),
            new VmTable.SeriesName("vCPU wait", Unit.FRACTION));
    return new VmTable(figures, series, sortedBy(figures), thinned(rows, figures));
  }

  private boolean isMeasured(String metric) {
    return pool.metrics().find(metric).filter(series -> series.values().count() > 0).isPresent();
  }

  private List<Columns> vmSeries(PoolVm vm) {
    Optional<Columns> usage = recorder.level("vm.cpu_usage", vm.name(), endNanos);
    Optional<Columns> wait = recorder.level("vm.cpu_wait", vm.name(), endNanos);
    return usage.isEmpty() || wait.isEmpty() ? List.of() : List.of(usage.get(), wait.get());
  }

  private OptionalDouble limit(VmFigure figure) {
    return run.objectives().stream()
        .filter(
            objective ->
                objective.metric().equals(figure.metric)
                    && objective.comparison() == ObjectiveSpec.Comparison.BELOW)
        .mapToDouble(
            objective -> figure.unit == Unit.SECONDS ? objective.limit() * 1e-9 : objective.limit())
        .min();
  }

  /** The first figure with an objective, else the first one: slowest first. */
  private static String sortedBy(List<VmTable.Figure> figures) {
    return figures.stream()
        .filter(figure -> figure.limit().isPresent())
        .findFirst()
        .orElse(figures.get(0))
        .key();
  }

  private static List<VmTable.Row> thinned(List<VmTable.Row> rows, List<VmTable.Figure> figures) {
    if (rows.size() <= MOST_VM_SERIES) {
      return rows;
    }
    int by = 0;
    for (int i = 0; i < figures.size(); i++) {
      if (figures.get(i).key().equals(sortedBy(figures))) {
        by = i;
      }
    }
    int column = by;
    Map<String, Integer> rank = new TreeMap<>();
    List<VmTable.Row> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingDouble(
                (VmTable.Row row) -> {
                  Double value = row.values().get(column);
                  return value == null || value.isNaN() ? 0 : -value;
                })
            .thenComparing(VmTable.Row::name));
    for (int i = 0; i < MOST_VM_SERIES; i++) {
      rank.put(sorted.get(i).name(), i);
    }
    return rows.stream()
        .map(
            row ->
                rank.containsKey(row.name())
                    ? row
                    : new VmTable.Row(
                        row.name(), row.hosts(), row.restarted(), row.values(), List.of()))
        .toList();
  }
}
