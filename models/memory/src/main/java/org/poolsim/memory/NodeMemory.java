// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;

/**
 * Which node's memory is whose. Free memory counts what is not scrubbed yet: the allocator scrubs
 * on demand. Scrubbing is not followed page by page: what is left of it is computed when asked for.
 */
final class NodeMemory {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double scrubKibPerNano;
  private final long[] freeKib;
  private final long[] dirtyKib;
  private final long[] dirtySinceNanos;
  private long totalFreeKib;

  NodeMemory(int nodes, long capacityKib, double scrubBytesPerSecond) {
    scrubKibPerNano = scrubBytesPerSecond / 1024 / NANOS_PER_SECOND;
    freeKib = new long[nodes];
    dirtyKib = new long[nodes];
    dirtySinceNanos = new long[nodes];
    for (int node = 0; node < nodes; node++) {
      freeKib[node] = capacityKib / nodes + (node < capacityKib % nodes ? 1 : 0);
    }
    totalFreeKib = capacityKib;
  }

  int nodes() {
    return freeKib.length;
  }

  long freeKib() {
    return totalFreeKib;
  }

  long freeKib(int node) {
    return freeKib[node];
  }

  long dirtyKib(long nowNanos) {
    long sum = 0;
    for (int node = 0; node < freeKib.length; node++) {
      sum += dirtyKib(node, nowNanos);
    }
    return sum;
  }

  /** Returns when everything free will be scrubbed, if nothing more becomes dirty. */
  long cleanAtNanos(long nowNanos) {
    long latest = nowNanos;
    for (int node = 0; node < freeKib.length; node++) {
      long left = dirtyKib(node, nowNanos);
      latest = Math.max(latest, nowNanos + (long) Math.ceil(left / scrubKibPerNano));
    }
    return latest;
  }

  private long dirtyKib(int node, long nowNanos) {
    double scrubbed = (nowNanos - dirtySinceNanos[node]) * scrubKibPerNano;
    long left = dirtyKib[node] - (long) Math.min((double) dirtyKib[node], scrubbed);
    return Math.min(left, freeKib[node]);
  }

  /**
   * Gives {@code kib}, not more than is free, to a holder: from one node as far as it goes, the
   * rest evenly.
   *
   * @param held what the holder has of each node
   * @param preferred the node to begin with; -1 for none
   */
  void take(long[] held, long kib, int preferred) {
    assert kib <= totalFreeKib : kib + " of " + totalFreeKib;
    long left = kib;
    if (preferred >= 0) {
      left -= takeFrom(preferred, held, left);
    }
    int nodes = freeKib.length;
    for (int node = 0; node < nodes && left > 0; node++) {
      // Each of the nodes still to come gets an equal part of what is left.
      left -= takeFrom(node, held, (left + nodes - node - 1) / (nodes - node));
    }
    for (int node = 0; node < nodes && left > 0; node++) {
      left -= takeFrom(node, held, left);
    }
    totalFreeKib -= kib;
  }

  private long takeFrom(int node, long[] held, long kib) {
    long taken = Math.min(freeKib[node], kib);
    freeKib[node] -= taken;
    held[node] += taken;
    return taken;
  }

  /** Takes {@code kib} back, from each node in proportion to what is held of it. */
  void give(long[] held, long kib) {
    long total = Arrays.stream(held).sum();
    assert kib <= total : kib + " of " + total;
    long left = kib;
    for (int node = 0; node < held.length; node++) {
      long given = (long) ((double) held[node] / total * kib);
      given = Math.min(Math.min(given, held[node]), left);
      held[node] -= given;
      freeKib[node] += given;
      left -= given;
    }
    for (int node = 0; node < held.length && left > 0; node++) {
      long given = Math.min(held[node], left);
      held[node] -= given;
      freeKib[node] += given;
      left -= given;
    }
    totalFreeKib += kib;
  }

  /** Takes everything back from a domain that died; its pages are to be scrubbed. */
  void giveDirty(long[] held, long nowNanos) {
    for (int node = 0; node < held.length; node++) {
      dirtyKib[node] = dirtyKib(node, nowNanos) + held[node];
      dirtySinceNanos[node] = nowNanos;
      freeKib[node] += held[node];
      totalFreeKib += held[node];
      held[node] = 0;
    }
  }

  /** Nothing is left to scrub: the host has been started anew. */
  void clean() {
    Arrays.fill(dirtyKib, 0);
  }

  void audit() {
    long sum = 0;
    for (int node = 0; node < freeKib.length; node++) {
      if (freeKib[node] < 0) {
        throw new IllegalStateException("node " + node + " has " + freeKib[node] + " KiB free");
      }
      sum += freeKib[node];
    }
    if (sum != totalFreeKib) {
      throw new IllegalStateException(
          "the nodes have " + sum + " KiB free together, the host " + totalFreeKib);
    }
  }
}
