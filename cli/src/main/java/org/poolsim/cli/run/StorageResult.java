// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.poolsim.pool.spec.ArraySpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.LatencyRecorder;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.StorageDetail;
import org.poolsim.reports.result.StorageDetail.ReadTime;
import org.poolsim.reports.result.SumsRecorder;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;
import org.poolsim.reports.summary.Wording;
import org.poolsim.storage.IoStage;

/** What the report says of the disks of a run. */
final class StorageResult {
  private static final int MOST_SRS = 3;
  private static final int MOST_FAULTS = 3;

  /** The worst stretch is this part of the run. */
  private static final int WORST_PART = 60;

  /** What is shown of the time after a fault, at most. */
  private static final long AFTER_FAULT_NANOS = 300_000_000_000L;

  /** A calm stretch is at least this part of the run. */
  private static final int LEAST_CALM_PART = 20;

  /** Fewer reads tell nothing of a stretch. */
  private static final double LEAST_READS = 20;

  private final RunSpec run;
  private final RunRecorder recorder;
  private final List<RunEvent> events;
  private final long endNanos;

  StorageResult(RunSpec run, RunRecorder recorder, List<RunEvent> events, long endNanos) {
    this.run = run;
    this.recorder = recorder;
    this.events = events;
    this.endNanos = endNanos;
  }

  /** Returns the section; empty when no disk was used. */
  Optional<StorageDetail> detail() {
    if (recorder.throughput().isEmpty()) {
      return Optional.empty();
    }
    Optional<Period> calm = calm();
    List<ReadTime> reads = reads(calm);
    return Optional.of(
        new StorageDetail(
            sentence(),
            Arrays.stream(IoStage.values()).map(IoStage::text).toList(),
            reads,
            reads.stream()
                .max(Comparator.comparingDouble(ReadTime::total))
                .map(StorageResult::words)
                .orElse(""),
            calm,
            plots()));
  }

  private String sentence() {
    List<String> arrays =
        run.pool().arrays().stream()
            .map(
                array ->
                    array.name()
                        + " ("
                        + Figures.plural(array.devices(), "device")
                        + ", queue of "
                        + array.queueDepth()
                        + ")")
            .toList();
    return (arrays.size() > MOST_SRS
            ? Figures.whole(arrays.size()) + " arrays"
            : String.join(", ", arrays))
        + ". A capacity model: rates, latencies and queues, without image format and caches; not"
        + " validated against real devices.";
  }

  // Where a read's time goes

  private List<ReadTime> reads(Optional<Period> calm) {
    List<ReadTime> reads = new ArrayList<>();
    Period whole = new Period(0, endNanos);
    double all = recorder.readStages().sum(IoStage.count(), whole);
    if (all == 0) {
      return reads;
    }
    add(reads, "Whole run", whole);
    calm.ifPresent(period -> add(reads, "Calm", period));
    worst()
        .ifPresent(
            period -> add(reads, "Worst " + Figures.durationNanos(period.lengthNanos()), period));
    events.stream()
        .filter(event -> event.kind() == RunEvent.Kind.FAULT)
        .limit(MOST_FAULTS)
        .forEach(
            fault ->
                add(
                    reads,
                    "After " + fault.text(),
                    new Period(
                        fault.atNanos(), Math.min(endNanos, fault.atNanos() + AFTER_FAULT_NANOS))));
    return reads;
  }

  private void add(List<ReadTime> reads, String label, Period period) {
    SumsRecorder stages = recorder.readStages();
    double count = stages.sum(IoStage.count(), period);
    if (count > 0) {
      List<Double> seconds = new ArrayList<>();
      for (int stage = 0; stage < IoStage.count(); stage++) {
        seconds.add(stages.sum(stage, period) / count * 1e-9);
      }
      reads.add(new ReadTime(label, period, Math.round(count), seconds));
    }
  }

  /** Says what the reads of a stretch waited for, and what follows from it. */
  static String words(ReadTime read) {
    IoStage longest = IoStage.RING;
    for (IoStage stage : IoStage.values()) {
      if (part(read, stage) > part(read, longest)) {
        longest = stage;
      }
    }
    boolean dom0 = part(read, IoStage.DOM0_WAIT) > part(read, IoStage.TAPDISK_CPU);
    String meaning =
        switch (longest) {
          case RING -> "the guest has more under way than its ring holds";
          case TAPDISK_QUEUE ->
              dom0
                  ? "tapdisk itself waits for dom0; faster disks would not help, more dom0 CPU would"
                  : "one tapdisk serves all of an image; faster disks would not help";
          case DOM0_WAIT -> "faster disks would not help, more dom0 CPU would";
          case TAPDISK_CPU -> "it is dom0's own work; faster disks would not help";
          case ARRAY_QUEUE -> "the array is behind; more or faster devices would help";
          case LINKS -> "the way to the array is the narrow place";
          case ARRAY_SERVICE -> "hardly anything queues; only faster devices would help";
        };
    return "Slowest: "
        + Wording.uncapital(read.label())
        + ". "
        + Figures.percent(part(read, longest) / read.total())
        + " of a read's time went to the stage “"
        + longest.text()
        + "”: "
        + meaning
        + ".";
  }

  private static double part(ReadTime read, IoStage stage) {
    return read.seconds().get(stage.ordinal());
  }

  /** The stretch, a sixtieth of the run long, whose mean read took longest. */
  private Optional<Period> worst() {
    SumsRecorder stages = recorder.readStages();
    long column = stages.columnNanos();
    long length = Math.max(1, endNanos / WORST_PART / column) * column;
    Period worst = null;
    double longest = 0;
    for (long from = 0; from + length <= endNanos; from += column) {
      Period period = new Period(from, from + length);
      double count = stages.sum(IoStage.count(), period);
      if (count >= LEAST_READS) {
        double total = 0;
        for (int stage = 0; stage < IoStage.count(); stage++) {
          total += stages.sum(stage, period);
        }
        if (total / count > longest) {
          longest = total / count;
          worst = period;
        }
      }
    }
    return Optional.ofNullable(worst);
  }

  /** The longest stretch without saturation, faults and starts; empty if the whole run is. */
  private Optional<Period> calm() {
    List<Period> busy = new ArrayList<>();
    for (Lane lane : recorder.lanes()) {
      busy.addAll(lane.periods());
    }
    for (RunEvent event : events) {
      long until = event.untilNanos().orElse(event.atNanos());
      if (event.kind() == RunEvent.Kind.FAULT) {
        until = Math.min(endNanos, event.atNanos() + AFTER_FAULT_NANOS);
      }
      busy.add(new Period(event.atNanos(), Math.max(until, event.atNanos())));
    }
    if (busy.isEmpty()) {
      return Optional.empty();
    }
    busy.sort(Comparator.comparingLong(Period::startNanos));
    Period calm = new Period(0, 0);
    long from = 0;
    for (Period each : busy) {
      if (each.startNanos() - from > calm.lengthNanos()) {
        calm = new Period(from, each.startNanos());
      }
      from = Math.max(from, each.endNanos());
    }
    if (endNanos - from > calm.lengthNanos()) {
      calm = new Period(from, endNanos);
    }
    return calm.lengthNanos() >= endNanos / LEAST_CALM_PART ? Optional.of(calm) : Optional.empty();
  }

  // Plots

  private List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    List<Map.Entry<String, SumsRecorder>> busiest =
        new ArrayList<>(recorder.throughput().entrySet());
    busiest.sort(
        Comparator.comparingDouble(
                (Map.Entry<String, SumsRecorder> sr) -> {
                  Period whole = new Period(0, endNanos);
                  return -sr.getValue().sum(0, whole) - sr.getValue().sum(1, whole);
                })
            .thenComparing(Map.Entry::getKey));
    for (Map.Entry<String, SumsRecorder> sr :
        busiest.subList(0, Math.min(MOST_SRS, busiest.size()))) {
      plots.add(
          Plot.of(
                  "SR " + sr.getKey() + ", throughput",
                  Unit.BYTES_PER_SECOND,
                  List.of(
                      new Plot.Line("read", Plot.Style.LINE, sr.getValue().rates(0, endNanos)),
                      new Plot.Line("written", Plot.Style.LINE, sr.getValue().rates(1, endNanos))))
              .saying(
                  busiest.size() > MOST_SRS
                      ? "One of the " + MOST_SRS + " busiest of " + busiest.size() + "."
                      : ""));
    }
    List<Columns> queues = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ArraySpec array : run.pool().arrays()) {
      recorder
          .level("array.queue", array.name(), endNanos)
          .filter(queue -> queue.highest() > 0)
          .ifPresent(
              queue -> {
                queues.add(queue);
                names.add(array.name());
              });
    }
    if (!queues.isEmpty()) {
      boolean one = queues.size() == 1;
      Plot plot =
          Plot.highestAndLowest(
              one ? "Requests at array " + names.get(0) : "Requests at the arrays",
              Unit.COUNT,
              "array",
              queues);
      int depth =
          run.pool().arrays().stream()
              .filter(array -> names.contains(array.name()))
              .mapToInt(ArraySpec::queueDepth)
              .min()
              .orElseThrow();
      double highest = queues.stream().mapToDouble(Columns::highest).max().orElse(0);
      plots.add(
          (highest >= 0.5 * depth ? plot.limited("queue depth", depth) : plot)
              .saying(
                  "Accepted ones and those that wait for a place in the queue of "
                      + depth
                      + "; means over windows."));
    }
    return plots;
  }

  /** Returns the timeline's plots: the latency of reads, the requests of the arrays. */
  List<Plot> timeline() {
    List<Plot> plots = new ArrayList<>();
    LatencyRecorder reads = recorder.latencies().get("vbd.read_latency");
    if (reads != null && reads.count() > 0) {
      var heat = reads.latency("", "").heat();
      Plot plot =
          Plot.of(
              "Disk read latency",
              Unit.SECONDS,
              List.of(
                  new Plot.Line("p99", Plot.Style.LINE, heat.percentile(99)),
                  new Plot.Line("p50", Plot.Style.LINE, heat.percentile(50))));
      var limit =
          run.objectives().stream()
              .filter(objective -> objective.metric().equals("vbd.read_latency"))
              .mapToDouble(objective -> objective.limit() * 1e-9)
              .min();
      plots.add(limit.isPresent() ? plot.limited("objective", limit.getAsDouble()) : plot);
    }
    List<Columns> requests =
        run.pool().arrays().stream()
            .flatMap(array -> recorder.level("array.requests", array.name(), endNanos).stream())
            .filter(array -> array.highest() > 0)
            .toList();
    if (!requests.isEmpty()) {
      plots.add(
          requests.size() == 1
              ? Plot.of(
                  "Requests of the array",
                  Unit.PER_SECOND,
                  List.of(new Plot.Line("reads and writes", Plot.Style.AREA, requests.get(0))))
              : Plot.highestAndLowest(
                  "Requests of each array", Unit.PER_SECOND, "array", requests));
    }
    return plots;
  }
}
