// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds when a resource was saturated: at or above its threshold for at least a minimum time, on at
 * least one of its entities. Not thread safe.
 */
public final class SaturationRecorder {
  /** How long a value must stay at or above its threshold to count. */
  public static final long MINIMUM_NANOS = 10_000_000_000L;

  private final String resource;
  private final Unit unit;
  private final double threshold;
  private final String thresholdWords;
  private final long minimumNanos;
  private final List<Entity> entities = new ArrayList<>();

  /**
   * Records one resource.
   *
   * @param resource what it is, for example {@code dom0 CPU}
   * @param unit of the threshold
   * @param threshold in base units
   * @param thresholdWords the threshold for people, for example {@code 90 % for at least 10 s}
   * @param minimumNanos how long a value must stay at or above it
   */
  public SaturationRecorder(
      String resource, Unit unit, double threshold, String thresholdWords, long minimumNanos) {
    this.resource = resource;
    this.unit = unit;
    this.threshold = threshold;
    this.thresholdWords = thresholdWords;
    this.minimumNanos = minimumNanos;
  }

  /** Returns where the course of an entity's value goes. */
  public Course entity(String name) {
    Entity entity = new Entity(name);
    entities.add(entity);
    return entity;
  }

  /** Returns what was found up to now. */
  public Lane lane() {
    List<Period> all = new ArrayList<>();
    Entity first = null;
    Entity highest = null;
    int over = 0;
    long lastFirst = 0;
    for (Entity entity : entities) {
      List<Period> periods = entity.periods();
      all.addAll(periods);
      if (!periods.isEmpty()) {
        over++;
        long begin = periods.get(0).startNanos();
        lastFirst = Math.max(lastFirst, begin);
        if (first == null || begin < first.periods().get(0).startNanos()) {
          first = entity;
        }
      }
      if (!Double.isNaN(entity.highest) && (highest == null || entity.highest > highest.highest)) {
        highest = entity;
      }
    }
    Entity named = first != null ? first : highest;
    return new Lane(
        resource,
        threshold,
        thresholdWords,
        unit,
        named == null ? "" : named.name,
        entities.size(),
        over,
        over > 0 && over == entities.size() ? OptionalLong.of(lastFirst) : OptionalLong.empty(),
        union(all),
        highest == null ? Double.NaN : highest.highest,
        highest == null ? "" : highest.name,
        highest == null ? 0 : highest.highestAtNanos);
  }

  private static List<Period> union(List<Period> periods) {
    List<Period> sorted = new ArrayList<>(periods);
    sorted.sort((a, b) -> Long.compare(a.startNanos(), b.startNanos()));
    List<Period> union = new ArrayList<>();
    for (Period next : sorted) {
      Period last = union.isEmpty() ? null : union.get(union.size() - 1);
      if (last != null && next.startNanos() <= last.endNanos()) {
        long end = Math.max(last.endNanos(), next.endNanos());
        union.set(union.size() - 1, new Period(last.startNanos(), end));
      } else {
        union.add(next);
      }
    }
    return union;
  }

  private final class Entity implements Course {
    private final String name;
    private final List<Period> closed = new ArrayList<>();
    private boolean over;
    private long overFromNanos;
    private long overToNanos;
    private double highest = Double.NaN;
    private long highestAtNanos;

    Entity(String name) {
      this.name = name;
    }

    @Override
    public void held(long fromNanos, long toNanos, double value) {
      if (toNanos <= fromNanos) {
        return;
      }
      if (value > highest || (Double.isNaN(highest) && !Double.isNaN(value))) {
        highest = value;
        highestAtNanos = fromNanos;
      }
      if (value >= threshold) {
        if (over && fromNanos != overToNanos) {
          close();
        }
        if (!over) {
          over = true;
          overFromNanos = fromNanos;
        }
        overToNanos = toNanos;
      } else if (over) {
        close();
      }
    }

    private void close() {
      if (overToNanos - overFromNanos >= minimumNanos) {
        closed.add(new Period(overFromNanos, overToNanos));
      }
      over = false;
    }

    List<Period> periods() {
      List<Period> all = new ArrayList<>(closed);
      if (over && overToNanos - overFromNanos >= minimumNanos) {
        all.add(new Period(overFromNanos, overToNanos));
      }
      return all;
    }
  }
}
