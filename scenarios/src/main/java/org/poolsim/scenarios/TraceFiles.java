// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.scenarios.language.Arrivals;
import org.poolsim.scenarios.language.TimeUnitName;
import org.poolsim.scenarios.language.TraceFormat;
import org.poolsim.scenarios.language.Workload;
import org.poolsim.scenarios.trace.Format;
import org.poolsim.scenarios.trace.TraceOptions;
import org.poolsim.scenarios.trace.TraceReader;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Position;

/** The trace files that a scenario names: each is read once for all who ask for its columns. */
final class TraceFiles {
  private record Key(Path path, TraceOptions options, String column) {}

  private record Request(Path path, String name, TraceOptions options) {}

  private final SourceFiles files;
  private final Inventory inventory;
  private final Places places;
  private final Mistakes mistakes;
  private final Map<Key, TimeSeries> read = new HashMap<>();

  TraceFiles(SourceFiles files, Inventory inventory, Places places, Mistakes mistakes) {
    this.files = files;
    this.inventory = inventory;
    this.places = places;
    this.mistakes = mistakes;
  }

  private static TraceOptions options(Workload.Trace trace) {
    return new TraceOptions(
        format(trace.format()),
        trace.time(),
        nanos(trace.timeUnit()),
        trace.full() == null ? 0 : trace.full(),
        trace.from());
  }

  private static TraceOptions options(Arrivals.Recorded trace) {
    return new TraceOptions(format(trace.format()), trace.time(), nanos(trace.timeUnit()), 1, 0);
  }

  private static Format format(TraceFormat format) {
    return Format.valueOf(format.name());
  }

  private static long nanos(TimeUnitName unit) {
    return switch (unit) {
      case S -> 1_000_000_000L;
      case MS -> 1_000_000L;
      case MIN -> 60_000_000_000L;
    };
  }

  /** Reads what the VMs of an entry need of a trace. */
  void prepare(Workload.Trace trace, int vms) {
    if (places.sound(trace, "trace") && places.sound(trace, "from")) {
      prepare(trace, trace.trace(), trace.column(), options(trace), vms);
    }
  }

  /** Reads what the VMs of an entry need of a trace of arrivals. */
  void prepare(Arrivals.Recorded trace, int vms) {
    if (places.sound(trace, "trace")) {
      prepare(trace, trace.trace(), trace.column(), options(trace), vms);
    }
  }

  private void prepare(Object record, String file, String column, TraceOptions options, int vms) {
    Position place = places.of(record, "trace");
    Map<Request, List<String>> wanted = new LinkedHashMap<>();
    for (int i = 0; i < vms; i++) {
      String text = inventory.walk(file, i);
      Path path = files.locate(place, text);
      if (path == null) {
        mistakes.add(place, "trace: not a file name");
        return;
      }
      String name = inventory.walk(column, i);
      List<String> columns =
          wanted.computeIfAbsent(
              new Request(path, files.show(place, text), options), r -> new ArrayList<>());
      if (!read.containsKey(new Key(path, options, name)) && !columns.contains(name)) {
        columns.add(name);
      }
    }
    Position asker = column == null ? place : places.of(record, "column");
    for (Map.Entry<Request, List<String>> entry : wanted.entrySet()) {
      Request request = entry.getKey();
      List<String> columns = entry.getValue();
      if (columns.isEmpty()) {
        continue;
      }
      List<TimeSeries> series =
          TraceReader.read(
              request.path(), request.name(), request.options(), columns, asker, mistakes);
      for (int i = 0; i < series.size(); i++) {
        read.put(new Key(request.path(), options, columns.get(i)), series.get(i));
      }
    }
  }

  /** Returns the series of the index-th VM of an entry, which {@link #prepare} has read. */
  TimeSeries series(Workload.Trace trace, int index) {
    return series(trace, trace.trace(), trace.column(), options(trace), index);
  }

  /** Returns the rates of the index-th VM of an entry, which {@link #prepare} has read. */
  TimeSeries series(Arrivals.Recorded trace, int index) {
    return series(trace, trace.trace(), trace.column(), options(trace), index);
  }

  private TimeSeries series(
      Object record, String file, String column, TraceOptions options, int index) {
    Path path = files.locate(places.of(record, "trace"), inventory.walk(file, index));
    return read.get(new Key(path, options, inventory.walk(column, index)));
  }
}
