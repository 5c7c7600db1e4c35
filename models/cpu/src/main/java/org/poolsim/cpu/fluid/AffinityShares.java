// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hard affinity masks of a host's vCPUs, as components that do not compete with each other. */
final class AffinityShares {
  private final int pcpus;
  private final List<AffinityComponent> components = new ArrayList<>();

  AffinityShares(int pcpus) {
    this.pcpus = pcpus;
  }

  /** Returns whether some vCPU may not run everywhere. */
  boolean isRestricted() {
    return !components.isEmpty();
  }

  /** Takes over the masks; {@code null} is all pCPUs. */
  void rebuild(BitSet[] masks) {
    components.clear();
    boolean restricted = false;
    Map<BitSet, List<Integer>> membersByMask = new LinkedHashMap<>();
    BitSet all = new BitSet();
    all.set(0, pcpus);
    for (int i = 0; i < masks.length; i++) {
      BitSet mask = (BitSet) all.clone();
      if (masks[i] != null) {
        mask.and(masks[i]);
        restricted |= mask.cardinality() < pcpus;
      }
      membersByMask.computeIfAbsent(mask, m -> new ArrayList<>()).add(i);
    }
    if (!restricted) {
      return;
    }
    List<BitSet> pending = new ArrayList<>(membersByMask.keySet());
    while (!pending.isEmpty()) {
      List<BitSet> component = new ArrayList<>();
      BitSet covered = (BitSet) pending.get(0).clone();
      component.add(pending.remove(0));
      int at = 0;
      while (at < pending.size()) {
        if (pending.get(at).intersects(covered)) {
          covered.or(pending.get(at));
          component.add(pending.remove(at));
          at = 0;
        } else {
          at++;
        }
      }
      List<int[]> members = new ArrayList<>();
      for (BitSet mask : component) {
        members.add(membersByMask.get(mask).stream().mapToInt(Integer::intValue).toArray());
      }
      components.add(new AffinityComponent(component, members));
    }
  }

  /** Shares the host among all vCPUs; {@code busy} is filled with the load of each pCPU. */
  void share(WaterFilling filling, int[] wanted, int[] weights, int[] granted, long[] busy) {
    Arrays.fill(busy, 0);
    for (AffinityComponent component : components) {
      component.share(filling, wanted, weights, granted, busy);
    }
  }
}
