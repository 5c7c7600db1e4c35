// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;

/** A host, a VM and an SR over two hours and a half, with names as on a real host. */
public final class SampleRecording {
  public static final Owner HOST =
      new Owner(Owner.Kind.HOST, "0a1b2c3d-1111-2222-3333-444455556666", "host-1");
  public static final Owner VM =
      new Owner(Owner.Kind.VM, "5e6f7a8b-1111-2222-3333-444455556666", "desktop \"1\"");
  public static final Owner SR =
      new Owner(Owner.Kind.SR, "9c8d7e6f-1111-2222-3333-444455556666", "golden");
  private static final long SECOND = 1_000_000_000L;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final Simulator simulator = new Simulator();
  private final DataSources sources = new DataSources();
  private final Recorder recorder = new Recorder(simulator, RecorderOptions.defaults());

  public SampleRecording() {
    sources.subscribe(recorder);
    List<Gauge> gauges =
        List.of(
            gauge(HOST, "loadavg", "(fraction)", -INFINITE, false),
            gauge(HOST, "memory_free_kib", "KiB", 0, true),
            gauge(HOST, "memory_total_kib", "KiB", 0, true),
            gauge(HOST, "cpu_avg", "(fraction)", 0, false),
            gauge(HOST, "latency_9c8d7e6f", "\u03bcs", 0, false),
            gauge(HOST, "DCMI-power-reading", "W", 0, false),
            gauge(VM, "memory", "B", 0, true),
            gauge(VM, "memory_internal_free", "KiB", 0, true),
            gauge(SR, "physical_utilisation", "B", 0, true));
    List<Counter> counters =
        List.of(
            counter(HOST, "pif_eth0_rx", "B/s", true),
            counter(VM, "cpu0", "(fraction)", false),
            counter(VM, "vbd_xvda_io_throughput_total", "MiB/s", false));
    simulator.schedule(
        new Event() {
          private int turn;

          @Override
          protected void fire() {
            for (int i = 0; i < gauges.size(); i++) {
              gauges.get(i).set(1000 + 500 * Math.sin(turn * 0.1 + i));
            }
            counters.get(0).setRate(simulator.nowNanos(), 1e6 + turn);
            counters.get(1).setRate(simulator.nowNanos(), (turn % 10) / 10.0);
            counters.get(2).setRate(simulator.nowNanos(), turn % 7);
            turn++;
            simulator.scheduleAfter(this, 37 * SECOND);
          }
        },
        0);
    simulator.runUntil(9000 * SECOND);
    recorder.finish();
  }

  public Recorder recorder() {
    return recorder;
  }

  public List<RecordedObject> objects() {
    return recorder.objects().stream()
        .map(object -> new RecordedObject(object.owner(), object))
        .toList();
  }

  public ObjectRecord host() {
    return recorder.objects().get(0);
  }

  private Gauge gauge(Owner owner, String name, String units, double min, boolean integer) {
    return sources.add(
        new Gauge(
            new Description(
                owner,
                name,
                name,
                units,
                Description.Type.GAUGE,
                integer,
                min,
                INFINITE,
                false,
                true),
            0));
  }

  private Counter counter(Owner owner, String name, String units, boolean integer) {
    double max = name.startsWith("cpu") ? 1 : INFINITE;
    return sources.add(
        new Counter(
            new Description(
                owner, name, name, units, Description.Type.DERIVE, integer, 0, max, false, true)));
  }
}
