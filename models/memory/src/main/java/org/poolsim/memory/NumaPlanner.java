// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * xenopsd's choice of NUMA nodes for a VM (fact sheet, section 9): the closest set of nodes that
 * fits and, among equally close ones, those chosen least often before. Placements are counted for
 * ever; no VM is moved later.
 */
public final class NumaPlanner {
  /** Above this, only single nodes are considered: the sets would be too many. */
  private static final int MAX_NODES_FOR_SETS = 16;

  private static final double EQUALLY_CLOSE = 1e-3;
  private static final int[] NONE = {};

  private final NumaTopology topology;
  private final List<Candidate> candidates = new ArrayList<>();
  private final long[] timesChosen;

  /** Creates a planner for a host without VMs. */
  public NumaPlanner(NumaTopology topology) {
    this.topology = topology;
    timesChosen = new long[topology.nodes()];
    if (topology.isUsable()) {
      addCandidates(reachableNodes());
      candidates.sort(
          Comparator.comparingInt(Candidate::maxDistance).thenComparingDouble(Candidate::mean));
    }
  }

  /**
   * Chooses nodes and counts the choice.
   *
   * @param bytes memory wanted
   * @param vcpus pCPUs wanted
   * @param cores cores wanted; 0 when cores do not matter
   * @param freeBytes free memory of each node, less what is claimed
   * @return the nodes, ascending; empty if no set fits
   */
  public int[] plan(long bytes, int vcpus, int cores, long[] freeBytes) {
    Candidate best = null;
    Candidate chosen = null;
    for (Candidate candidate : candidates) {
      if (!fits(candidate, bytes, vcpus, cores, freeBytes)) {
        continue;
      }
      if (best == null) {
        best = candidate;
        chosen = candidate;
      } else if (Math.abs(candidate.mean() - best.mean()) >= EQUALLY_CLOSE) {
        break; // equally close ones behind a farther one are not seen
      } else if (isPreferred(candidate, chosen)) {
        chosen = candidate;
      }
    }
    if (chosen == null) {
      return NONE;
    }
    for (int node : chosen.nodes()) {
      timesChosen[node]++;
    }
    return Arrays.copyOf(chosen.nodes(), chosen.nodes().length);
  }

  private boolean fits(Candidate candidate, long bytes, int vcpus, int cores, long[] freeBytes) {
    long remaining = bytes;
    int cpus = 0;
    int coresFound = 0;
    for (int node : candidate.nodes()) {
      remaining -= Math.min(remaining, Math.max(0, freeBytes[node]));
      cpus += topology.cpus(node);
      coresFound += topology.cores(node);
    }
    return remaining == 0 && cpus >= vcpus && coresFound >= cores;
  }

  private boolean isPreferred(Candidate candidate, Candidate over) {
    long difference = timesChosen(candidate) - timesChosen(over);
    return difference < 0
        || (difference == 0 && compareDescending(candidate.nodes(), over.nodes()) < 0);
  }

  private long timesChosen(Candidate candidate) {
    long sum = 0;
    for (int node : candidate.nodes()) {
      sum += timesChosen[node];
    }
    return sum;
  }

  /** Compares lists of nodes written from the highest down; a prefix is smaller. */
  private static int compareDescending(int[] a, int[] b) {
    for (int i = a.length - 1, j = b.length - 1; i >= 0 && j >= 0; i--, j--) {
      if (a[i] != b[j]) {
        return Integer.compare(a[i], b[j]);
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private int[] reachableNodes() {
    int[] reachable = new int[topology.nodes()];
    int count = 0;
    for (int node = 0; node < topology.nodes(); node++) {
      if (topology.isReachable(node)) {
        reachable[count++] = node;
      }
    }
    return Arrays.copyOf(reachable, count);
  }

  private void addCandidates(int[] nodes) {
    if (nodes.length > MAX_NODES_FOR_SETS) {
      for (int node : nodes) {
        candidates.add(candidate(new int[] {node}));
      }
      return;
    }
    for (int set = 1; set < 1 << nodes.length; set++) {
      int[] members = new int[Integer.bitCount(set)];
      int count = 0;
      for (int i = 0; i < nodes.length; i++) {
        if ((set & 1 << i) != 0) {
          members[count++] = nodes[i];
        }
      }
      candidates.add(candidate(members));
    }
  }

  private Candidate candidate(int[] nodes) {
    int max = Integer.MIN_VALUE;
    long sum = 0;
    for (int from : nodes) {
      for (int to : nodes) {
        max = Math.max(max, topology.distance(from, to));
        sum += topology.distance(from, to);
      }
    }
    return new Candidate(nodes, max, (double) sum / ((long) nodes.length * nodes.length));
  }

  /** A set of nodes, ascending. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
  private record Candidate(int[] nodes, int maxDistance, double mean) {}
}
