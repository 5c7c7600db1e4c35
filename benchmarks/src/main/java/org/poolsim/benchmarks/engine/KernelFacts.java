// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.io.PrintStream;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * Figures of the kernel that are not times: the mean wait of M/M/1 for twelve seeds (theory: 9.0),
 * and bytes per pending event. Run with a heap of at least 3 GiB: {@code java -Xmx4g -cp
 * benchmarks.jar org.poolsim.benchmarks.engine.KernelFacts}. With the argument {@code short}: three
 * seeds.
 */
public final class KernelFacts {
  private static final int SEEDS = 12;
  private static final int PENDING = 10_000_000;

  private KernelFacts() {}

  /** Prints both; {@code short} as the first argument is optional. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    out.printf("bytes per pending event of %d: %.1f%n", PENDING, bytesPerPendingEvent());
    int seeds = args.length > 0 && args[0].equals("short") ? 3 : SEEDS;
    for (int seed = 1; seed <= seeds; seed++) {
      out.printf("seed %d: mean wait %.3f%n", seed, MM1Benchmark.meanWait(seed));
    }
  }

  private static double bytesPerPendingEvent() {
    long before = usedBytes();
    Simulator simulator = new Simulator();
    long[] starts = Increments.EXPONENTIAL.table();
    for (int i = 0; i < PENDING; i++) {
      simulator.schedule(new Silent(), starts[i & (starts.length - 1)] + i);
    }
    double bytes = (double) (usedBytes() - before);
    if (simulator.pending() != PENDING) {
      throw new IllegalStateException("pending: " + simulator.pending());
    }
    return bytes / PENDING;
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** An event without fields of its own. */
  private static final class Silent extends Event {
    @Override
    protected void fire() {
      // It only waits.
    }
  }
}
