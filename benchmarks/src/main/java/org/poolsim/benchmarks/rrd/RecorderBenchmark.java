// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.rrd;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;

/**
 * One simulated day of one series in the ten archives of a host. Time per 5 s sample; setting the
 * value and moving the clock is part of it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecorderBenchmark {
  private static final int SAMPLES = 17_280;
  private static final long STEP_NANOS = 5_000_000_000L;

  /** A recorder with one gauge and one counter. */
  @State(Scope.Thread)
  public static class Recording {
    Simulator simulator;
    Recorder recorder;
    Gauge gauge;
    Counter counter;
    double[] values;

    @Setup(Level.Invocation)
    public void create() {
      simulator = new Simulator();
      recorder = new Recorder(simulator, RecorderOptions.defaults().withHistoryStepSeconds(0));
      DataSources sources = new DataSources();
      sources.subscribe(recorder);
      Owner host = new Owner(Owner.Kind.HOST, "11111111-2222-3333-4444-555555555555", "host-1");
      gauge = sources.add(new Gauge(describe(host, "loadavg", Description.Type.GAUGE), 1));
      counter = sources.add(new Counter(describe(host, "pif_eth0_rx", Description.Type.DERIVE)));
      counter.setRate(0, 1000);
      if (values == null) {
        values = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
          values[i] = 2 + Math.sin(i);
        }
      }
    }

    private static Description describe(Owner owner, String name, Description.Type type) {
      return new Description(
          owner, name, "", "", type, false, 0, Double.POSITIVE_INFINITY, false, true);
    }
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public ObjectRecord changingGauge(Recording recording) {
    Simulator simulator = recording.simulator;
    Gauge gauge = recording.gauge;
    double[] values = recording.values;
    long now = 0;
    for (int i = 0; i < SAMPLES; i++) {
      now += STEP_NANOS;
      simulator.runUntil(now);
      gauge.set(values[i]);
    }
    return recording.recorder.objects().get(0);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public ObjectRecord changingCounter(Recording recording) {
    Simulator simulator = recording.simulator;
    Counter counter = recording.counter;
    double[] values = recording.values;
    long now = 0;
    for (int i = 0; i < SAMPLES; i++) {
      now += STEP_NANOS;
      simulator.runUntil(now);
      counter.setRate(now, values[i]);
    }
    return recording.recorder.objects().get(0);
  }

  /** Two series that stand still: the whole day is consolidated at its end. */
  @Benchmark
  @OperationsPerInvocation(2 * SAMPLES)
  public ObjectRecord quietSources(Recording recording) {
    Simulator simulator = recording.simulator;
    long now = 0;
    for (int i = 0; i < SAMPLES; i++) {
      now += STEP_NANOS;
      simulator.runUntil(now);
    }
    recording.recorder.finish();
    return recording.recorder.objects().get(0);
  }

  /** The clock alone, to subtract. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public long clockAlone(Recording recording) {
    Simulator simulator = recording.simulator;
    long now = 0;
    for (int i = 0; i < SAMPLES; i++) {
      now += STEP_NANOS;
      simulator.runUntil(now);
    }
    return simulator.nowNanos();
  }
}
