// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** Pools of pCPUs: each with a scheduler of its own, and what moves between them. */
class CpuPoolTest {
  private static final long SECOND = 1_000_000_000L;

  private final Simulator simulator = new Simulator();

  private SchedHost host(int pcpus) {
    return new SchedHost(
        simulator,
        CpuTopology.flat(pcpus),
        TimingParameters.jittered(),
        new RandomStreams(5).stream("timing"));
  }

  private static CpuPool pool(SchedHost host, String scheduler, int from, int to) {
    BitSet members = new BitSet();
    members.set(from, to);
    return host.createPool(members, Schedulers.named(scheduler), SchedulerParameters.defaults());
  }

  private static SchedDomain hogs(SchedHost host, CpuPool pool, int domid, int vcpus) {
    SchedDomain domain = host.createDomain(pool, domid, vcpus);
    for (int id = 0; id < vcpus; id++) {
      new Hog(domain.vcpu(id)).start();
    }
    return domain;
  }

  private static double running(SchedDomain domain) {
    long sum = 0;
    for (int id = 0; id < domain.vcpus(); id++) {
      sum += domain.vcpu(id).runstateNanos(Runstate.RUNNING);
    }
    return sum / 1e9;
  }

  private static void addsUp(SchedHost host, List<SchedDomain> domains, long now) {
    host.audit();
    long sum = 0;
    for (SchedDomain domain : domains) {
      for (int id = 0; id < domain.vcpus(); id++) {
        sum += domain.vcpu(id).runstateNanos(Runstate.RUNNING);
      }
    }
    for (int cpu = 0; cpu < host.hardware().pcpus(); cpu++) {
      sum += host.idleNanos(cpu);
    }
    assertThat(sum).isEqualTo(now * host.hardware().pcpus());
  }

  @Test
  void poolsDoNotDisturbEachOther() {
    SchedHost host = host(4);
    CpuPool left = pool(host, "credit", 0, 1);
    CpuPool right = pool(host, "credit2", 1, 4);
    SchedDomain crowded = hogs(host, left, 1, 1);
    SchedDomain crowding = hogs(host, left, 2, 1);
    SchedDomain alone = hogs(host, right, 3, 3);
    simulator.runUntil(30 * SECOND);
    assertThat(running(crowded)).isCloseTo(15, within(0.5));
    assertThat(running(crowding)).isCloseTo(15, within(0.5));
    assertThat(running(alone)).isCloseTo(90, within(0.1));
    assertThat(host.poolOf(0).schedulerName()).isEqualTo("credit");
    assertThat(host.poolOf(3).schedulerName()).isEqualTo("credit2");
  }

  @ParameterizedTest
  @CsvSource({
    "credit,credit2",
    "credit2,credit",
    "credit-xenserver,rtds",
    "rtds,null",
    "null,credit2"
  })
  void aDomainMoves(String from, String to) {
    SchedHost host = host(4);
    CpuPool first = pool(host, from, 0, 2);
    CpuPool second = pool(host, to, 2, 4);
    SchedDomain stays = hogs(host, first, 1, 1);
    SchedDomain moves = hogs(host, first, 2, 2);
    List<SchedDomain> domains = List.of(stays, moves);
    simulator.runUntil(10 * SECOND);
    addsUp(host, domains, simulator.nowNanos());
    double before = running(moves);
    moves.moveTo(second);
    simulator.runUntil(10 * SECOND + 1_000_000);
    assertThat(moves.pool()).isSameAs(second);
    simulator.runUntil(20 * SECOND);
    addsUp(host, domains, simulator.nowNanos());
    assertThat(running(moves) - before).isCloseTo(20, within(0.1));
    for (int cpu = 0; cpu < 2; cpu++) {
      assertThat(host.running(cpu)).isIn(stays.vcpu(0), null);
      assertThat(host.running(cpu + 2).domain()).isSameAs(moves);
    }
  }

  @Test
  void aMovedDomainHasTheDefaultsOfItsNewScheduler() {
    SchedHost host = host(2);
    CpuPool first = pool(host, "credit", 0, 1);
    CpuPool second = pool(host, "credit", 1, 2);
    SchedDomain domain = hogs(host, first, 1, 1);
    BitSet mask = new BitSet();
    mask.set(0);
    domain.vcpu(0).setAffinity(mask, null);
    domain.setWeightAndCap(512, 10);
    simulator.runUntil(5 * SECOND);
    assertThat(running(domain)).isCloseTo(0.5, within(0.05));
    domain.moveTo(second);
    simulator.runUntil(10 * SECOND);
    assertThat(domain.weight()).isEqualTo(256);
    assertThat(domain.capPercent()).isZero();
    assertThat(running(domain)).isCloseTo(5.5, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds", "null"})
  void pcpusLeaveAndJoinWhileDomainsRun(String scheduler) {
    RandomStream random = new RandomStreams(17).stream("what happens");
    SchedHost host =
        new SchedHost(
            simulator,
            new CpuTopology(2, 2, 2),
            TimingParameters.realistic(1.25),
            new RandomStreams(5).stream("timing"));
    CpuPool pool =
        host.createPool(null, Schedulers.named(scheduler), SchedulerParameters.defaults());
    List<SchedDomain> domains = new ArrayList<>();
    for (int domid = 0; domid < 5; domid++) {
      SchedDomain domain = host.createDomain(pool, domid, 1 + domid % 3);
      domains.add(domain);
      for (int id = 0; id < domain.vcpus(); id++) {
        if (random.nextInt(2) == 0) {
          new Hog(domain.vcpu(id)).start();
        } else {
          Burst.random(domain.vcpu(id), 2_000_000, 3_000_000, random.nextLong()).start();
        }
      }
    }
    for (int step = 0; step < 300; step++) {
      simulator.runUntil(simulator.nowNanos() + 1 + random.nextInt(20_000_000));
      int cpu = random.nextInt(8);
      if (host.poolOf(cpu) == null) {
        host.addToPool(pool, cpu);
      } else if (pool.pcpus().count() > 1) {
        host.removeFromPool(cpu);
        assertThat(host.running(cpu)).isNull();
      }
      addsUp(host, domains, simulator.nowNanos());
      for (int free = 0; free < 8; free++) {
        if (host.poolOf(free) == null) {
          assertThat(host.running(free)).isNull();
        }
      }
    }
    for (int cpu = 0; cpu < 8; cpu++) {
      if (host.poolOf(cpu) == null) {
        host.addToPool(pool, cpu);
      }
    }
    for (SchedDomain domain : domains) {
      double before = running(domain);
      simulator.runUntil(simulator.nowNanos() + SECOND);
      assertThat(running(domain)).as("%s goes on", domain).isGreaterThan(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2", "rtds"})
  void whatRanOnALeavingPcpuGoesOnElsewhere(String scheduler) {
    SchedHost host = host(2);
    CpuPool pool = pool(host, scheduler, 0, 2);
    SchedDomain first = hogs(host, pool, 1, 1);
    SchedDomain second = hogs(host, pool, 2, 1);
    simulator.runUntil(SECOND);
    double before = running(first) + running(second);
    host.removeFromPool(1);
    simulator.runUntil(61 * SECOND);
    assertThat(running(first) + running(second) - before).isCloseTo(60, within(0.01));
    assertThat(running(first)).isCloseTo(31, within(1.5));
    host.addToPool(pool, 1);
    before = running(first) + running(second);
    simulator.runUntil(71 * SECOND);
    assertThat(running(first) + running(second) - before).isCloseTo(20, within(0.2));
  }

  @Test
  void aMaskWithoutAPcpuOfThePoolIsGivenUp() {
    SchedHost host = host(2);
    CpuPool pool = pool(host, "credit", 0, 2);
    SchedDomain pinned = hogs(host, pool, 1, 1);
    BitSet mask = new BitSet();
    mask.set(1);
    pinned.vcpu(0).setAffinity(mask, null);
    simulator.runUntil(SECOND);
    host.removeFromPool(1);
    simulator.runUntil(2 * SECOND);
    assertThat(running(pinned)).isCloseTo(2, within(0.001));
    assertThat(host.running(0)).isSameAs(pinned.vcpu(0));
  }

  @Test
  void theLastPcpuOfAPoolWithDomainsStays() {
    SchedHost host = host(2);
    CpuPool pool = pool(host, "credit", 0, 1);
    SchedDomain domain = hogs(host, pool, 1, 1);
    simulator.runUntil(SECOND);
    assertThatThrownBy(() -> host.removeFromPool(0)).hasMessageContaining("last one of a pool");
    assertThatThrownBy(() -> host.destroyPool(pool)).hasMessageContaining("with domains");
    assertThatThrownBy(() -> host.removeFromPool(1)).hasMessageContaining("in no pool");
    assertThatThrownBy(() -> host.addToPool(pool, 0)).hasMessageContaining("in a pool already");
    domain.destroy();
    host.destroyPool(pool);
    assertThat(host.poolOf(0)).isNull();
    assertThat(host.createPool(null, Schedulers.named("credit2"), SchedulerParameters.defaults()))
        .isNotNull();
    simulator.runUntil(2 * SECOND);
    assertThat(host.idleNanos(0) + host.idleNanos(1)).isEqualTo(3 * SECOND);
  }
}
