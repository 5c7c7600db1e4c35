// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Affinity groups whose masks overlap, directly or through others, and the pCPUs that they use.
 *
 * <p>The shares are the weighted max-min shares under the masks (lexicographic, Megiddo 1974): the
 * groups that are tightest together, those for which the water level over the pCPUs that they can
 * use is the lowest, get that level; then they and their pCPUs are taken away and the rest is
 * shared likewise. The tightest groups are found by lowering the level from crowded set to crowded
 * set (minimum cuts) until a maximum flow places everybody. A vCPU wants at most one pCPU, so that
 * fractional placements can be scheduled (Birkhoff). The loads of the pCPUs are levelled by the
 * same search, densest groups first.
 */
final class AffinityComponent {
  private final int[][] groupMembers;
  private final int[][] partPcpus;
  private final boolean[][] allowed;
  private final AffinityFlow flow;
  private final int[] members;
  private final long[] loads;
  private final long[] rooms;
  private final boolean[] active;
  private final boolean[] tight;
  private final boolean[] open;

  AffinityComponent(List<BitSet> masks, List<int[]> membersByMask) {
    groupMembers = membersByMask.toArray(new int[0][]);
    Map<BitSet, List<Integer>> bySignature = new LinkedHashMap<>();
    BitSet all = new BitSet();
    masks.forEach(all::or);
    for (int pcpu = all.nextSetBit(0); pcpu >= 0; pcpu = all.nextSetBit(pcpu + 1)) {
      BitSet signature = new BitSet();
      for (int group = 0; group < masks.size(); group++) {
        signature.set(group, masks.get(group).get(pcpu));
      }
      bySignature.computeIfAbsent(signature, s -> new ArrayList<>()).add(pcpu);
    }
    int parts = bySignature.size();
    partPcpus = new int[parts][];
    allowed = new boolean[masks.size()][parts];
    int part = 0;
    for (Map.Entry<BitSet, List<Integer>> entry : bySignature.entrySet()) {
      partPcpus[part] = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
      for (int group = 0; group < masks.size(); group++) {
        allowed[group][part] = entry.getKey().get(group);
      }
      part++;
    }
    flow = new AffinityFlow(allowed, parts);
    members = new int[Arrays.stream(groupMembers).mapToInt(m -> m.length).sum()];
    loads = new long[masks.size()];
    rooms = new long[parts];
    active = new boolean[masks.size()];
    tight = new boolean[masks.size()];
    open = new boolean[parts];
  }

  /** Shares this component's pCPUs; fills the grants of its vCPUs and the load of its pCPUs. */
  void share(WaterFilling filling, int[] wanted, int[] weights, int[] granted, long[] busy) {
    Arrays.fill(active, true);
    Arrays.fill(open, true);
    int left = active.length;
    while (left > 0) {
      findTightest(filling, wanted, weights, granted);
      if (active.length == 1) {
        filling.handOutRest(granted);
      }
      left -= removeTight();
    }
    for (int group = 0; group < loads.length; group++) {
      loads[group] = 0;
      for (int member : groupMembers[group]) {
        loads[group] += granted[member];
      }
    }
    level(busy);
  }

  private void findTightest(WaterFilling filling, int[] wanted, int[] weights, int[] granted) {
    System.arraycopy(active, 0, tight, 0, active.length);
    while (true) {
      int count = 0;
      for (int group = 0; group < tight.length; group++) {
        if (tight[group]) {
          System.arraycopy(groupMembers[group], 0, members, count, groupMembers[group].length);
          count += groupMembers[group].length;
        }
      }
      filling.fill(members, count, wanted, weights, pcpusOfTight() * (long) Share.ONE, granted);
      for (int group = 0; group < active.length; group++) {
        loads[group] = 0;
        for (int member : groupMembers[group]) {
          loads[group] += filling.atLevel(wanted[member], weights[member]);
        }
      }
      for (int part = 0; part < rooms.length; part++) {
        rooms[part] = partPcpus[part].length * (long) Share.ONE;
      }
      if (flow.place(loads, active, open, rooms)) {
        return;
      }
      keepCrowded();
    }
  }

  /** Spreads the groups' loads so that no pCPU is busier than it has to be. */
  private void level(long[] busy) {
    Arrays.fill(active, true);
    Arrays.fill(open, true);
    int left = active.length;
    while (left > 0) {
      System.arraycopy(active, 0, tight, 0, active.length);
      while (true) {
        long load = 0;
        for (int group = 0; group < tight.length; group++) {
          load += tight[group] ? loads[group] : 0;
        }
        int pcpus = pcpusOfTight();
        for (int part = 0; part < rooms.length; part++) {
          rooms[part] = pcpus == 0 ? 0 : -Math.floorDiv(-load * partPcpus[part].length, pcpus);
        }
        if (flow.place(loads, active, open, rooms)) {
          break;
        }
        keepCrowded();
      }
      for (int part = 0; part < rooms.length; part++) {
        long load = 0;
        boolean used = false;
        for (int group = 0; group < tight.length; group++) {
          if (tight[group] && allowed[group][part] && open[part]) {
            load += flow.placed(group, part);
            used = true;
          }
        }
        if (used) {
          spread(load, partPcpus[part], busy);
        }
      }
      left -= removeTight();
    }
  }

  private static void spread(long load, int[] pcpus, long[] busy) {
    long each = load / pcpus.length;
    long rest = load % pcpus.length;
    for (int i = 0; i < pcpus.length; i++) {
      busy[pcpus[i]] = each + (i < rest ? 1 : 0);
    }
  }

  private int pcpusOfTight() {
    int pcpus = 0;
    for (int part = 0; part < open.length; part++) {
      if (open[part] && usedByTight(part)) {
        pcpus += partPcpus[part].length;
      }
    }
    return pcpus;
  }

  private boolean usedByTight(int part) {
    for (int group = 0; group < tight.length; group++) {
      if (tight[group] && allowed[group][part]) {
        return true;
      }
    }
    return false;
  }

  private void keepCrowded() {
    for (int group = 0; group < tight.length; group++) {
      tight[group] = active[group] && flow.isCrowded(group);
    }
  }

  private int removeTight() {
    int removed = 0;
    for (int part = 0; part < open.length; part++) {
      open[part] = open[part] && !usedByTight(part);
    }
    for (int group = 0; group < tight.length; group++) {
      if (tight[group]) {
        active[group] = false;
        removed++;
      }
    }
    return removed;
  }
}
