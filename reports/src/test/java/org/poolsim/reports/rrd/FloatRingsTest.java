// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What takes little memory holds the same rows as an array of all of them. */
class FloatRingsTest {
  private static final float[] ROWS = {Float.NaN, 0, 0, 1, 2.5f};

  @Property(tries = 400)
  void anyRowsAreThoseOfAPlainArray(@ForAll long seed, @ForAll boolean quiet) {
    SplittableRandom random = new SplittableRandom(seed);
    // One that does not grow, and one that does.
    int rows = random.nextBoolean() ? 5 + random.nextInt(100) : 130 + random.nextInt(60);
    FloatRings rings =
        new FloatRings(
            new Series.Layout(
                List.of(new ArchiveDefinition(ConsolidationFunction.AVERAGE, rows, 1, 0.5))));
    float[] plain = new float[rows];
    Arrays.fill(plain, Float.NaN);
    int next = 0;
    for (int step = 0; step < 60; step++) {
      int kind = random.nextInt(quiet ? 12 : 4);
      if (kind == 0) {
        // A silence longer than the archive: all rows are going to be overwritten.
        int skipped = 1 + random.nextInt(3 * rows);
        rings.skip(0, Math.min(rows, skipped));
        next = (next + skipped) % rows;
        next = put(rings, plain, next, random);
        next = again(rings, plain, next, rows - 1);
      } else if (kind == 1) {
        next = put(rings, plain, next, random);
      } else if (kind == 2) {
        for (int i = random.nextInt(2 * rows); i > 0; i--) {
          next = put(rings, plain, next, random);
        }
      } else {
        next = again(rings, plain, next, 1 + random.nextInt(rows + rows / 2));
      }
      float[] kept = new float[rows];
      for (int slot = 0; slot < rows; slot++) {
        kept[slot] = rings.get(0, slot, next);
      }
      assertThat(kept).isEqualTo(plain);
    }
  }

  private static int put(FloatRings rings, float[] plain, int slot, SplittableRandom random) {
    float row = ROWS[random.nextInt(ROWS.length)];
    rings.put(0, slot, row);
    plain[slot] = row;
    return (slot + 1) % plain.length;
  }

  private static int again(FloatRings rings, float[] plain, int slot, int times) {
    int rows = plain.length;
    rings.again(0, slot, times);
    float row = plain[(slot + rows - 1) % rows];
    for (int i = 0; i < Math.min(times, rows); i++) {
      plain[(slot + i) % rows] = row;
    }
    return (slot + times) % rows;
  }
}
