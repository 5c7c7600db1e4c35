// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.MemoryDetail;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.Unit;

/** What the report says of the memory of a run. */
final class MemoryResult {
  /** A target and an actual line each: a plot has at most six. */
  private static final int MOST_BALLOONS = 3;

  /** Fewer are the starts and ends of VMs. */
  private static final int FEW_TURNS = 6;

  private final RunRecorder recorder;
  private final PoolCourse course;
  private final long endNanos;

  MemoryResult(RunRecorder recorder, PoolCourse course, long endNanos) {
    this.recorder = recorder;
    this.course = course;
    this.endNanos = endNanos;
  }

  /** Returns the section. */
  MemoryDetail detail() {
    Map<String, BalloonRecorder> balloons = recorder.balloons();
    return new MemoryDetail(
        balloons.isEmpty()
            ? "A VM has its memory and Xen's overhead for it from the building of its domain on."
            : "Each VM is promised its dynamic_min and Xen's overhead for it; squeezed hands out the"
                + " rest in proportion to the VMs' ranges. A host is then full by design: only memory"
                + " that balloons cannot give back counts as saturated.",
        balloons.isEmpty() ? Optional.empty() : Optional.of(balloons(balloons)),
        course.refused(),
        course.delayed(),
        balloons.values().stream().anyMatch(vm -> vm.turns() >= FEW_TURNS));
  }

  /** Draws those that moved most. */
  private Plot balloons(Map<String, BalloonRecorder> balloons) {
    List<Map.Entry<String, BalloonRecorder>> drawn =
        balloons.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                    (Map.Entry<String, BalloonRecorder> vm) -> -vm.getValue().swingBytes()))
            .limit(MOST_BALLOONS)
            .toList();
    List<Plot.Line> lines = new ArrayList<>();
    for (Map.Entry<String, BalloonRecorder> vm : drawn) {
      lines.add(
          new Plot.Line(
              vm.getKey() + ", target", Plot.Style.LINE, vm.getValue().target().columns(endNanos)));
      lines.add(
          new Plot.Line(
              vm.getKey() + ", actual", Plot.Style.LINE, vm.getValue().actual().columns(endNanos)));
    }
    Map.Entry<String, BalloonRecorder> restless =
        balloons.entrySet().stream()
            .max(Comparator.comparingInt(vm -> vm.getValue().turns()))
            .orElseThrow();
    int turns = restless.getValue().turns();
    return Plot.of("Balloon targets and what the VMs have", Unit.BYTES, lines)
        .saying(
            (balloons.size() > drawn.size()
                    ? "The " + drawn.size() + " of " + balloons.size() + " VMs that moved most. "
                    : "")
                + (turns < FEW_TURNS
                    ? ""
                    : restless.getKey()
                        + " turned from growing to shrinking or back "
                        + turns
                        + " times."));
  }

  /** Returns what a host's memory was used for. */
  static HostResult.MemoryParts parts(HostSpec host, Columns used) {
    double total = host.memoryBytes();
    double fixed = (double) host.dom0().memoryBytes() + host.xenMemoryBytes();
    double[] guests = new double[used.count()];
    double[] free = new double[used.count()];
    for (int i = 0; i < used.count(); i++) {
      guests[i] = Math.max(0, used.mean(i) * total - fixed);
      free[i] = total - used.mean(i) * total;
    }
    return new HostResult.MemoryParts(
        Columns.ofMeans(used.columnNanos(), guests),
        Columns.constant(used.columnNanos(), used.count(), (double) host.dom0().memoryBytes()),
        Columns.constant(used.columnNanos(), used.count(), (double) host.xenMemoryBytes()),
        Columns.ofMeans(used.columnNanos(), free));
  }
}
