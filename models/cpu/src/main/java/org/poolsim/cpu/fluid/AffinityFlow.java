// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.Arrays;

/**
 * A maximum flow from affinity groups (what the vCPUs with one mask receive together) to the parts
 * of the host that they may use: shortest augmenting paths on a graph of a few nodes.
 */
final class AffinityFlow {
  private final int groups;
  private final int parts;
  private final boolean[][] allowed;
  private final long[][] flow;
  private final long[] unplaced;
  private final long[] room;
  private final boolean[] groupReached;
  private final boolean[] partReached;
  private final int[] partFrom;
  private final int[] groupFrom;
  private final int[] queue;

  /**
   * Prepares the graph.
   *
   * @param allowed for each group and part, whether the group may use the part
   */
  AffinityFlow(boolean[][] allowed, int parts) {
    this.allowed = allowed;
    this.groups = allowed.length;
    this.parts = parts;
    flow = new long[groups][parts];
    unplaced = new long[groups];
    room = new long[parts];
    groupReached = new boolean[groups];
    partReached = new boolean[parts];
    partFrom = new int[parts];
    groupFrom = new int[groups];
    queue = new int[groups];
  }

  /**
   * Places the loads; returns whether all found room. If not, {@link #isCrowded} tells the groups
   * that together have more load than all the parts they may use have room.
   */
  boolean place(long[] loads, boolean[] groupTakesPart, boolean[] partOpen, long[] rooms) {
    for (int part = 0; part < parts; part++) {
      room[part] = partOpen[part] ? rooms[part] : 0;
    }
    for (int group = 0; group < groups; group++) {
      Arrays.fill(flow[group], 0);
      unplaced[group] = groupTakesPart[group] ? loads[group] : 0;
      for (int part = 0; part < parts && unplaced[group] > 0; part++) {
        if (allowed[group][part] && partOpen[part]) {
          push(group, part, Math.min(unplaced[group], room[part]));
        }
      }
    }
    while (augment(partOpen)) {
      // Each pass places as much as its path lets through.
    }
    for (long rest : unplaced) {
      if (rest > 0) {
        return false;
      }
    }
    return true;
  }

  private void push(int group, int part, long amount) {
    flow[group][part] += amount;
    unplaced[group] -= amount;
    room[part] -= amount;
  }

  private boolean augment(boolean[] partOpen) {
    Arrays.fill(groupReached, false);
    Arrays.fill(partReached, false);
    int head = 0;
    int tail = 0;
    for (int group = 0; group < groups; group++) {
      if (unplaced[group] > 0) {
        groupReached[group] = true;
        groupFrom[group] = -1;
        queue[tail++] = group;
      }
    }
    while (head < tail) {
      int group = queue[head++];
      for (int part = 0; part < parts; part++) {
        if (!allowed[group][part] || !partOpen[part] || partReached[part]) {
          continue;
        }
        partReached[part] = true;
        partFrom[part] = group;
        if (room[part] > 0) {
          carry(part);
          return true;
        }
        for (int other = 0; other < groups; other++) {
          if (!groupReached[other] && flow[other][part] > 0) {
            groupReached[other] = true;
            groupFrom[other] = part;
            queue[tail++] = other;
          }
        }
      }
    }
    return false;
  }

  private void carry(int lastPart) {
    long amount = room[lastPart];
    int group = partFrom[lastPart];
    while (groupFrom[group] >= 0) {
      amount = Math.min(amount, flow[group][groupFrom[group]]);
      group = partFrom[groupFrom[group]];
    }
    amount = Math.min(amount, unplaced[group]);
    unplaced[group] -= amount;
    room[lastPart] -= amount;
    int part = lastPart;
    group = partFrom[part];
    flow[group][part] += amount;
    while (groupFrom[group] >= 0) {
      part = groupFrom[group];
      flow[group][part] -= amount;
      group = partFrom[part];
      flow[group][part] += amount;
    }
  }

  /** Returns whether a group is among those that the last {@link #place} found crowded. */
  boolean isCrowded(int group) {
    return groupReached[group];
  }

  /** Returns how much of a group's load went to a part. */
  long placed(int group, int part) {
    return flow[group][part];
  }
}
