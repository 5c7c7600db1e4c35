// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.Arrays;
import org.poolsim.cpu.CpuWork;

/**
 * The work of one guest in processor sharing: every piece progresses at one common rate, so they
 * complete in the order of the service that a piece would have received had it been there from the
 * start (a binary heap on it, first come first served among equals).
 */
final class WorkQueue {
  private CpuWork[] works = new CpuWork[2];
  private long[] finish = new long[2];
  private long[] sequence = new long[2];
  private int size;
  private long nextSequence;

  /** Service that each piece has received since the start, in nanoseconds at full speed. */
  private long service;

  private long serviceFraction;

  /** Common rate of progress. */
  private int rate;

  private long sinceNanos;

  int size() {
    return size;
  }

  int rate() {
    return rate;
  }

  /** Lets the pieces progress at a new common rate from now on. */
  void setRate(long nowNanos, int newRate) {
    accrue(nowNanos);
    rate = newRate;
  }

  private void accrue(long nowNanos) {
    long elapsed = nowNanos - sinceNanos;
    if (elapsed == 0) {
      return;
    }
    sinceNanos = nowNanos;
    long part = rate * (elapsed & Share.MASK) + serviceFraction;
    service += rate * (elapsed >>> Share.BITS) + (part >>> Share.BITS);
    serviceFraction = part & Share.MASK;
  }

  void add(CpuWork work, long cpuNanos, long nowNanos) {
    accrue(nowNanos);
    if (size == works.length) {
      works = Arrays.copyOf(works, size * 2);
      finish = Arrays.copyOf(finish, size * 2);
      sequence = Arrays.copyOf(sequence, size * 2);
    }
    siftUp(size++, work, service + cpuNanos, nextSequence++);
  }

  boolean remove(CpuWork work) {
    int at = work.queuePosition();
    if (at < 0 || at >= size || works[at] != work) {
      return false;
    }
    work.setQueuePosition(-1);
    size--;
    CpuWork last = works[size];
    works[size] = null;
    if (last != work) {
      long lastFinish = finish[size];
      long lastSequence = sequence[size];
      siftDown(at, last, lastFinish, lastSequence);
      if (works[at] == last) {
        siftUp(at, last, lastFinish, lastSequence);
      }
    }
    return true;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      works[i].setQueuePosition(-1);
      works[i] = null;
    }
    size = 0;
  }

  /** Takes out the next piece that has received its service, or returns {@code null}. */
  CpuWork pollComplete(long nowNanos) {
    accrue(nowNanos);
    if (size == 0 || finish[0] > service) {
      return null;
    }
    CpuWork work = works[0];
    remove(work);
    return work;
  }

  /** Returns when the next piece completes at the present rate; {@code Long.MAX_VALUE} if never. */
  long nextCompletionNanos(long nowNanos) {
    accrue(nowNanos);
    if (size == 0 || rate == 0) {
      return Long.MAX_VALUE;
    }
    long remaining = finish[0] - service;
    if (remaining <= 0) {
      return nowNanos;
    }
    long delay;
    if (remaining < 1L << 32) {
      delay = ((remaining << Share.BITS) - serviceFraction + rate - 1) / rate;
    } else {
      // Past 4 s a double's rounding is far below a nanosecond of rest, served by one more event.
      delay = (long) Math.ceil(remaining * ((double) Share.ONE / rate));
    }
    return nowNanos + delay;
  }

  private void siftUp(int from, CpuWork work, long key, long order) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >> 1;
      if (finish[parent] < key || (finish[parent] == key && sequence[parent] < order)) {
        break;
      }
      place(at, works[parent], finish[parent], sequence[parent]);
      at = parent;
    }
    place(at, work, key, order);
  }

  private void siftDown(int from, CpuWork work, long key, long order) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && (finish[child + 1] < finish[child]
              || (finish[child + 1] == finish[child] && sequence[child + 1] < sequence[child]))) {
        child++;
      }
      if (key < finish[child] || (key == finish[child] && order < sequence[child])) {
        break;
      }
      place(at, works[child], finish[child], sequence[child]);
      at = child;
    }
    place(at, work, key, order);
  }

  private void place(int at, CpuWork work, long key, long order) {
    works[at] = work;
    finish[at] = key;
    sequence[at] = order;
    work.setQueuePosition(at);
  }
}
