// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.Arrays;

/**
 * The rows of one series in all archives of a database, 32-bit floats. An archive whose newest rows
 * are all alike, and unknown before, takes no array, and one that a run has not filled takes only
 * what it needs: a year of days is 366 rows, most runs are shorter.
 */
final class FloatRings {
  private static final float[] NONE = {};
  private static final int FIRST_ROWS = 4;

  /** Archives of up to as many rows do not grow. */
  private static final int SHORT_ROWS = 128;

  private final Series.Layout layout;

  /** The first slots of each ring; all others are unknown. Empty while the rows are alike. */
  private final float[][] rings;

  /** While a ring is empty: what its newest rows hold, and how many of them do. */
  private final float[] alike;

  private final int[] alikeRows;

  FloatRings(Series.Layout layout) {
    this.layout = layout;
    int archives = layout.rows.length;
    rings = new float[archives][];
    Arrays.fill(rings, NONE);
    alike = new float[archives];
    alikeRows = new int[archives];
  }

  /**
   * Returns a cell.
   *
   * @param next the slot of the oldest row, which the next one takes
   */
  float get(int archive, int slot, int next) {
    float[] ring = rings[archive];
    if (ring.length > 0) {
      return slot < ring.length ? ring[slot] : Float.NaN;
    }
    int age = next - 1 - slot;
    return (age < 0 ? age + layout.rows[archive] : age) < alikeRows[archive]
        ? alike[archive]
        : Float.NaN;
  }

  /** Puts the next row into its slot. */
  void put(int archive, int slot, float row) {
    float[] ring = rings[archive];
    if (slot < ring.length) {
      ring[slot] = row;
    } else if (ring.length > 0) {
      grow(archive, slot + 1)[slot] = row;
    } else if (isAlike(archive, row)) {
      again(archive, slot, 1);
    } else if (alikeRows[archive] == 0) {
      alike[archive] = row;
      alikeRows[archive] = 1;
    } else {
      tellApart(archive, slot)[slot] = row;
    }
  }

  private boolean isAlike(int archive, float row) {
    float known = alikeRows[archive] == 0 ? Float.NaN : alike[archive];
    return Float.floatToRawIntBits(row) == Float.floatToRawIntBits(known);
  }

  /** Puts the row that stands before a slot into it and the following ones. */
  void again(int archive, int slot, int times) {
    int rows = layout.rows[archive];
    float[] ring = rings[archive];
    if (ring.length == 0) {
      if (alikeRows[archive] > 0) {
        alikeRows[archive] = Math.min(rows, alikeRows[archive] + times);
      }
      return;
    }
    float row = ring[(slot == 0 ? rows : slot) - 1];
    if (times >= rows - 1) {
      // All rows are alike from now on.
      rings[archive] = NONE;
      alike[archive] = row;
      alikeRows[archive] = Float.isNaN(row) ? 0 : rows;
      return;
    }
    int at = slot;
    int left = times;
    while (left > 0) {
      int end = Math.min(rows, at + left);
      if (end > ring.length) {
        ring = grow(archive, end);
      }
      Arrays.fill(ring, at, end, row);
      left -= end - at;
      at = end == rows ? 0 : end;
    }
  }

  /** Leaves out slots that are going to be put anew before anybody reads them. */
  void skip(int archive, int slots) {
    if (alikeRows[archive] > 0) {
      alikeRows[archive] = (int) Math.min(layout.rows[archive], (long) alikeRows[archive] + slots);
    }
  }

  /** Gives an archive an array of its own. */
  private float[] tellApart(int archive, int slot) {
    int rows = layout.rows[archive];
    int count = alikeRows[archive];
    int from = slot - count;
    float[] ring = new float[from < 0 ? rows : length(archive, slot + 1)];
    Arrays.fill(ring, Float.NaN);
    Arrays.fill(ring, Math.max(0, from), slot, alike[archive]);
    if (from < 0) {
      Arrays.fill(ring, from + rows, rows, alike[archive]);
    }
    rings[archive] = ring;
    return ring;
  }

  private float[] grow(int archive, int needed) {
    float[] ring = rings[archive];
    float[] longer = Arrays.copyOf(ring, length(archive, needed));
    Arrays.fill(longer, ring.length, longer.length, Float.NaN);
    rings[archive] = longer;
    return longer;
  }

  private int length(int archive, int needed) {
    int rows = layout.rows[archive];
    // Those of five seconds and of a minute, 120 rows, are full in two hours.
    return rows <= SHORT_ROWS ? rows : Math.min(rows, Math.max(FIRST_ROWS, 2 * needed));
  }
}
