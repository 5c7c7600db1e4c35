// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.detailed;

import java.util.Arrays;
import org.poolsim.cpu.CpuWork;

/**
 * The work of one guest: slots for everything submitted, and the queue of what waits for a vCPU.
 * Grows by doubling and never shrinks; no other allocation.
 */
final class TaskQueue {
  private static final int RUNNING = -1;

  private CpuWork[] works = new CpuWork[4];
  private long[] leftNanos = new long[4];

  /** Next slot of the queue or of the free list. */
  private int[] next = new int[4];

  private int[] previous = new int[4];
  private boolean[] waiting = new boolean[4];
  private int head = RUNNING;
  private int tail = RUNNING;
  private int free = RUNNING;
  private int used;
  private int size;

  /** Returns the number of pieces of work, waiting or on a vCPU. */
  int size() {
    return size;
  }

  boolean anyWaits() {
    return head >= 0;
  }

  /** Takes work in at the tail. */
  void add(CpuWork work, long cpuNanos) {
    int slot = free;
    if (slot >= 0) {
      free = next[slot];
    } else {
      slot = used++;
      if (slot == works.length) {
        works = Arrays.copyOf(works, 2 * slot);
        leftNanos = Arrays.copyOf(leftNanos, 2 * slot);
        next = Arrays.copyOf(next, 2 * slot);
        previous = Arrays.copyOf(previous, 2 * slot);
        waiting = Arrays.copyOf(waiting, 2 * slot);
      }
    }
    works[slot] = work;
    leftNanos[slot] = cpuNanos;
    work.setQueuePosition(slot);
    size++;
    enqueue(slot);
  }

  /** Takes the head of the queue for a vCPU; returns its slot. */
  int take() {
    int slot = head;
    unlink(slot);
    return slot;
  }

  /** Puts back what a vCPU has run a turn of. */
  void enqueue(int slot) {
    next[slot] = RUNNING;
    previous[slot] = tail;
    if (tail >= 0) {
      next[tail] = slot;
    } else {
      head = slot;
    }
    tail = slot;
    waiting[slot] = true;
  }

  private void unlink(int slot) {
    int before = previous[slot];
    int after = next[slot];
    if (before >= 0) {
      next[before] = after;
    } else {
      head = after;
    }
    if (after >= 0) {
      previous[after] = before;
    } else {
      tail = before;
    }
    waiting[slot] = false;
  }

  long leftNanos(int slot) {
    return leftNanos[slot];
  }

  /** Notes CPU time received; returns what is left. */
  long progress(int slot, long nanos) {
    leftNanos[slot] -= nanos;
    return leftNanos[slot];
  }

  /** Returns the slot of work that was submitted here, or -1. */
  int slotOf(CpuWork work) {
    int slot = work.queuePosition();
    return slot >= 0 && slot < used && works[slot] == work ? slot : -1;
  }

  /** Takes work out for good, waiting or not. */
  CpuWork remove(int slot) {
    if (waiting[slot]) {
      unlink(slot);
    }
    CpuWork work = works[slot];
    works[slot] = null;
    work.setQueuePosition(-1);
    next[slot] = free;
    free = slot;
    size--;
    return work;
  }

  void clear() {
    for (int slot = 0; slot < used; slot++) {
      if (works[slot] != null) {
        remove(slot);
      }
    }
  }
}
