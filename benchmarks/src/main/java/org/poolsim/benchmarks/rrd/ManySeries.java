// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.rrd;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;

/**
 * Records many gauges over a simulated day in the full set of ten archives, each changing every ten
 * minutes, and prints the time and the memory. Run it with {@code -Xmx3g}: it fails if that is not
 * enough.
 */
public final class ManySeries {
  private static final long STEP_NANOS = 600_000_000_000L;
  private static final int CHANGES = 144;
  private static final int SERIES_PER_OBJECT = 50;

  private ManySeries() {}

  /** Takes the number of series, 100,000 unless given. */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    Simulator simulator = new Simulator();
    Recorder recorder = new Recorder(simulator, RecorderOptions.defaults());
    DataSources sources = new DataSources();
    sources.subscribe(recorder);
    List<Gauge> gauges = new ArrayList<>(count);
    Owner owner = null;
    for (int i = 0; i < count; i++) {
      if (i % SERIES_PER_OBJECT == 0) {
        owner = new Owner(Owner.Kind.HOST, String.format(Locale.ROOT, "%036d", i), "host-" + i);
      }
      gauges.add(
          sources.add(
              new Gauge(
                  new Description(
                      owner,
                      "series" + i % SERIES_PER_OBJECT,
                      "",
                      "",
                      Description.Type.GAUGE,
                      false,
                      0,
                      Double.POSITIVE_INFINITY,
                      false,
                      true),
                  1)));
    }
    long began = System.nanoTime();
    for (int turn = 1; turn <= CHANGES; turn++) {
      simulator.runUntil(turn * STEP_NANOS);
      for (int i = 0; i < count; i++) {
        gauges.get(i).set((double) ((turn * 7 + i) % 100));
      }
    }
    recorder.finish();
    double seconds = (System.nanoTime() - began) * 1e-9;
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    PrintStream out = System.out;
    out.printf(
        Locale.ROOT,
        "%d series, %d changes each: %.1f s, %.0f ns per change, %d MiB in use, %d bytes a"
            + " series%n",
        count,
        CHANGES,
        seconds,
        seconds * 1e9 / count / CHANGES,
        used >> 20,
        used / count);
    if (recorder.objects().isEmpty()) {
      throw new IllegalStateException("nothing was recorded");
    }
  }
}
