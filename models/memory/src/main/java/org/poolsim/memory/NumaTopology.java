// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;

/** The NUMA nodes of a host: how far apart they are and which pCPUs and cores they have. */
public final class NumaTopology {
  /** Xen's MAX_NUMNODES. */
  static final int MOST_NODES = 64;

  private static final int SELF = 10; // ACPI SLIT
  private static final int UNREACHABLE_ABOVE = 255;

  private final int[][] distances;
  private final int[] cpusOfNode;
  private final int[] coresOfNode;
  private final int[] firstCpuOfNode;

  /**
   * Describes a host; pCPUs are numbered node by node.
   *
   * @param distances the SLIT, square
   * @param cpusOfNode hardware threads of each node
   * @param coresOfNode cores of each node
   * @throws IllegalArgumentException if the sizes differ or there are more than 64 nodes
   */
  public NumaTopology(int[][] distances, int[] cpusOfNode, int[] coresOfNode) {
    int nodes = distances.length;
    if (nodes == 0
        || nodes > MOST_NODES
        || cpusOfNode.length != nodes
        || coresOfNode.length != nodes) {
      throw new IllegalArgumentException(
          "a topology has one row of distances, one number of pCPUs and one of cores for each node:"
              + " found "
              + nodes
              + ", "
              + cpusOfNode.length
              + " and "
              + coresOfNode.length);
    }
    this.distances = new int[nodes][];
    this.cpusOfNode = Arrays.copyOf(cpusOfNode, nodes);
    this.coresOfNode = Arrays.copyOf(coresOfNode, nodes);
    firstCpuOfNode = new int[nodes];
    int cpu = 0;
    for (int node = 0; node < nodes; node++) {
      if (distances[node].length != nodes) {
        throw new IllegalArgumentException(
            "the distances form a square: row "
                + node
                + " has "
                + distances[node].length
                + " of "
                + nodes);
      }
      this.distances[node] = Arrays.copyOf(distances[node], nodes);
      firstCpuOfNode[node] = cpu;
      cpu += cpusOfNode[node];
    }
  }

  /** Returns a host whose memory is all equally near. */
  public static NumaTopology uniform(int cpus, int cores) {
    return new NumaTopology(new int[][] {{SELF}}, new int[] {cpus}, new int[] {cores});
  }

  /** Returns the number of nodes. */
  public int nodes() {
    return distances.length;
  }

  /** Returns the SLIT distance of two nodes. */
  public int distance(int from, int to) {
    return distances[from][to];
  }

  /** Returns the pCPUs (hardware threads) of a node. */
  public int cpus(int node) {
    return cpusOfNode[node];
  }

  /** Returns the cores of a node. */
  public int cores(int node) {
    return coresOfNode[node];
  }

  /** Returns the lowest pCPU of a node; the others follow. */
  public int firstCpu(int node) {
    return firstCpuOfNode[node];
  }

  /**
   * Returns whether the planner accepts the distances: 10 from a node to itself, or the node is
   * unreachable; at least 10 to others, or unreachable; and some node that is reachable has pCPUs.
   */
  boolean isUsable() {
    boolean anyCpu = false;
    for (int from = 0; from < nodes(); from++) {
      for (int to = 0; to < nodes(); to++) {
        int distance = distances[from][to];
        if (!isUnreachable(distance) && (from == to ? distance != SELF : distance < SELF)) {
          return false;
        }
      }
      anyCpu |= isReachable(from) && cpusOfNode[from] > 0;
    }
    return anyCpu;
  }

  /** Returns whether a node reaches itself: others are not asked. */
  boolean isReachable(int node) {
    return !isUnreachable(distances[node][node]);
  }

  private static boolean isUnreachable(int distance) {
    return distance < 0 || distance > UNREACHABLE_ABOVE;
  }
}
