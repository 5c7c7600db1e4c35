// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.memory;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.memory.HostSnapshot;
import org.poolsim.memory.SqueezeCall;
import org.poolsim.memory.SqueezedSettings;
import org.poolsim.memory.TargetWriter;
import org.poolsim.memory.ToolstackVersion;

/**
 * One balance of a host whose domains all have to change: the look, the decision, the targets, the
 * next look that finds them reached. Run with {@code -prof gc} to see that it makes no garbage.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BalanceBenchmark {
  private static final long GIB = 1 << 20;

  /** Domains on the host. */
  @Param({"50", "500"})
  public int domains;

  private final HostSnapshot snapshot = new HostSnapshot();
  private final SqueezeCall call =
      new SqueezeCall(SqueezedSettings.of(ToolstackVersion.SINCE_2026));
  private long[] targetKib;
  private final TargetWriter writer = (domid, kib) -> targetKib[domid] = kib;
  private double now;
  private long spareKib;

  /** Everybody at half of the range. */
  @Setup
  public void prepare() {
    targetKib = new long[domains];
    for (int domid = 0; domid < domains; domid++) {
      targetKib[domid] = 2 * GIB;
    }
    spareKib = domains * GIB / 2;
  }

  /** Returns the iterations, so that nothing is optimised away. */
  @Benchmark
  public int balance() {
    // The spare memory comes and goes, so that every balance has to change every target.
    spareKib = spareKib == 0 ? domains * GIB / 2 : 0;
    now += 20;
    call.beginBalance(now);
    SqueezeCall.Step step;
    do {
      look();
      step = call.advance(now, snapshot, writer);
      if (step == SqueezeCall.Step.PAUSE) {
        now++;
      }
    } while (step != SqueezeCall.Step.DONE);
    return call.iterations();
  }

  private void look() {
    long used = 0;
    for (int domid = 0; domid < domains; domid++) {
      used += targetKib[domid];
    }
    snapshot.reset(73_728 + domains * 2 * GIB + spareKib - used);
    for (int domid = 0; domid < domains; domid++) {
      snapshot.add(
          domid, true, GIB, targetKib[domid], 4 * GIB, targetKib[domid], 4);
    }
  }
}
