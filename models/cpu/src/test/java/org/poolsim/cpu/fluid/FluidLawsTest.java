// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.RatedHostCpu.RatedDomain;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Simulator;

/** The laws of the shares: work-conserving, max-min, proportional to weight, monotone. */
class FluidLawsTest {
  private static final int UNIT = Share.ONE;

  private final WaterFilling filling = new WaterFilling();

  private int[] fill(int[] wanted, int[] weights, long capacity) {
    int[] granted = new int[wanted.length];
    int[] members = IntStream.range(0, wanted.length).toArray();
    filling.fill(members, wanted.length, wanted, weights, capacity, granted);
    filling.handOutRest(granted);
    return granted;
  }

  private static int[] wanted(Random random, int count) {
    return random.ints(count, 0, UNIT + 1).toArray();
  }

  private static int[] weights(Random random, int count) {
    return random.ints(count, 1, random.nextBoolean() ? 4 : 65536).toArray();
  }

  private static long sum(int[] rates) {
    return IntStream.of(rates).asLongStream().sum();
  }

  @Property(tries = 300)
  void nothingIsWastedAndNobodyGetsMoreThanWanted(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
    Random random = new Random(seed);
    int[] wanted = wanted(random, count);
    long capacity = (1 + random.nextInt(8)) * (long) UNIT;
    int[] granted = fill(wanted, weights(random, count), capacity);
    assertThat(sum(granted)).isEqualTo(Math.min(capacity, sum(wanted)));
    for (int i = 0; i < count; i++) {
      assertThat(granted[i]).isBetween(0, wanted[i]);
    }
  }

  @Property(tries = 300)
  void whoeverGetsLessThanWantedHasTheHighestLevel(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int count) {
    Random random = new Random(seed);
    int[] wanted = wanted(random, count);
    int[] weights = weights(random, count);
    int[] granted = fill(wanted, weights, (1 + random.nextInt(4)) * (long) UNIT);
    for (int i = 0; i < count; i++) {
      if (granted[i] < wanted[i]) {
        for (int j = 0; j < count; j++) {
          // Shares are whole units: j may have one more, i one less than weight times level
          assertThat((granted[j] - 1.0) / weights[j])
              .isLessThanOrEqualTo((granted[i] + 1.0) / weights[i]);
        }
      }
    }
  }

  @Property(tries = 200)
  void hogsShareInProportionToTheirWeights(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int count) {
    Random random = new Random(seed);
    int[] wanted = new int[count];
    Arrays.fill(wanted, UNIT);
    int[] weights = weights(random, count);
    int[] granted = fill(wanted, weights, UNIT);
    double total = IntStream.of(weights).sum();
    for (int i = 0; i < count; i++) {
      assertThat(Math.abs(granted[i] - UNIT * (weights[i] / total))).isLessThan(2);
    }
  }

  @Property(tries = 200)
  void moreCapacityTakesNothingFromAnybodyAndMoreDemandOfOneGivesNothingToTheOthers(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int count) {
    Random random = new Random(seed);
    int[] wanted = wanted(random, count);
    int[] weights = weights(random, count);
    long capacity = (1 + random.nextInt(6)) * (long) UNIT;
    int[] before = fill(wanted, weights, capacity);
    int[] larger = fill(wanted, weights, capacity + UNIT);
    int[] more = wanted.clone();
    more[0] = UNIT;
    int[] after = fill(more, weights, capacity);
    for (int i = 0; i < count; i++) {
      assertThat(larger[i]).isGreaterThanOrEqualTo(before[i] - 1);
      if (i > 0) {
        assertThat(after[i]).isLessThanOrEqualTo(before[i] + 1);
      }
    }
    assertThat(after[0]).isGreaterThanOrEqualTo(before[0] - 1);
  }

  @Property(tries = 200)
  void masksAreKeptAndNoPcpuThatSomebodyWantsIsIdle(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    Random random = new Random(seed);
    int pcpus = 1 + random.nextInt(6);
    BitSet[] masks = new BitSet[count];
    for (int i = 0; i < count; i++) {
      masks[i] = new BitSet();
      for (int p = 0; p < pcpus; p++) {
        masks[i].set(p, random.nextInt(3) == 0);
      }
      masks[i].set(random.nextInt(pcpus));
    }
    // One mask that surely restricts
    masks[0] = new BitSet();
    masks[0].set(0);
    AffinityShares shares = new AffinityShares(pcpus);
    shares.rebuild(masks);
    int[] wanted = wanted(random, count);
    int[] weights = weights(random, count);
    int[] granted = new int[count];
    long[] busy = new long[pcpus];
    if (!shares.isRestricted()) {
      return;
    }
    shares.share(filling, wanted, weights, granted, busy);
    assertThat(LongStream.of(busy).sum()).isEqualTo(sum(granted));
    for (long load : busy) {
      assertThat(load).isBetween(0L, UNIT + 64L);
    }
    for (int i = 0; i < count; i++) {
      assertThat(granted[i]).isBetween(0, wanted[i]);
      if (granted[i] < wanted[i]) {
        for (int p = masks[i].nextSetBit(0); p >= 0; p = masks[i].nextSetBit(p + 1)) {
          assertThat(busy[p]).as("pCPU %d, wanted by %d", p, i).isGreaterThan(UNIT - 64L);
        }
      }
    }
  }

  @Property(tries = 100)
  void equalMasksAreSharedAsIfTheyWereAHostOfTheirOwn(@ForAll long seed) {
    Random random = new Random(seed);
    BitSet[] masks = new BitSet[12];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = new BitSet();
      masks[i].set(i < 6 ? 0 : 2, i < 6 ? 2 : 5);
    }
    int[] wanted = wanted(random, 12);
    int[] weights = weights(random, 12);
    AffinityShares shares = new AffinityShares(5);
    shares.rebuild(masks);
    int[] granted = new int[12];
    shares.share(filling, wanted, weights, granted, new long[5]);
    int[] left = fill(Arrays.copyOf(wanted, 6), Arrays.copyOf(weights, 6), 2L * UNIT);
    assertThat(Arrays.copyOf(granted, 6)).isEqualTo(left);
  }

  @Property(tries = 150)
  void timesAddUpWhateverHappens(@ForAll long seed) {
    Random random = new Random(seed);
    Simulator simulator = new Simulator();
    CpuTopology topology = new CpuTopology(1, 1 + random.nextInt(3), 1 + random.nextInt(2));
    FluidHostCpu host = new FluidHostCpu(simulator, HostCpuSpec.of("host-1", topology));
    List<RatedDomain> domains = new ArrayList<>();
    long retired = 0;
    for (int step = 0; step < 60; step++) {
      if (domains.isEmpty() || random.nextInt(8) == 0) {
        domains.add(
            host.createDomain(
                new DomainSpec("d" + step, 1 + random.nextInt(3), 256, 0, null, null)));
      }
      RatedDomain domain = domains.get(random.nextInt(domains.size()));
      switch (random.nextInt(9)) {
        case 0 -> domain.setCap(random.nextInt(3) * 40);
        case 1 -> domain.setWeight(1 + random.nextInt(1000));
        case 2 -> domain.pause();
        case 3 -> domain.unpause();
        case 4 -> {
          BitSet mask = new BitSet();
          mask.set(random.nextInt(host.pcpus()));
          domain.setAffinity(0, random.nextBoolean() ? mask : null, null);
        }
        case 5, 6 -> domain.submit(new Forgotten(), 1 + random.nextInt(3_000_000));
        case 7 -> domain.setDemand(random.nextInt(domain.vcpus()), random.nextDouble());
        default -> {
          if (domains.size() > 3) {
            domains.remove(domain);
            host.destroyDomain(domain);
            for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
              retired += domain.runningNanos(vcpu);
            }
          }
        }
      }
      simulator.runUntil(simulator.nowNanos() + random.nextInt(4_000_000));
      host.audit();
      long sum = retired;
      for (CpuDomain each : domains) {
        for (int vcpu = 0; vcpu < each.vcpus(); vcpu++) {
          sum += each.runningNanos(vcpu);
          assertThat(each.runstateNanos(vcpu, Runstate.BLOCKED)).isNotNegative();
        }
      }
      for (int pcpu = 0; pcpu < host.pcpus(); pcpu++) {
        sum += host.idleNanos(pcpu);
      }
      assertThat(sum).isEqualTo(host.pcpus() * simulator.nowNanos());
    }
  }

  private static final class Forgotten extends CpuWork {
    @Override
    protected void completed() {}
  }
}
