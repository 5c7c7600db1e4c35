// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.cpu.HostCpu;
import org.poolsim.cpu.RatedHostCpu;
import org.poolsim.engine.Simulator;
import org.poolsim.pool.Saturation.Watch;
import org.poolsim.storage.StorageArray;

/**
 * Lets {@link Saturation} watch what stands between changes: the CPUs of fluid hosts, memory,
 * queues. What flickers by its nature (a detailed pCPU, a wire) is watched over the windows of
 * {@link WindowMeter} instead.
 */
final class SaturationMeter {
  /** A level that stands for a second or longer is followed to the instant. */
  private static final long LONGEST_QUANTUM_NANOS = 1_000_000_000L;

  private static final long SHORTEST_QUANTUM_NANOS = 1_000_000L;

  private final Simulator simulator;
  private final Saturation saturation;
  private final long quantumNanos;
  private final Map<PoolHost, HostLevel> hosts = new HashMap<>();
  private final List<StandingLevel> levels = new ArrayList<>();
  private final Map<PoolHost, MemoryLevel> memories = new LinkedHashMap<>();

  /**
   * Begins now.
   *
   * @param leastNanos the shortest saturation that counts
   */
  SaturationMeter(Simulator simulator, Saturation saturation, long leastNanos) {
    this.simulator = simulator;
    this.saturation = saturation;
    quantumNanos =
        Math.max(SHORTEST_QUANTUM_NANOS, Math.min(LONGEST_QUANTUM_NANOS, leastNanos / 10));
  }

  /** Watches a host from now on. */
  void add(PoolHost host) {
    MemoryLevel memory =
        new MemoryLevel(host.memory(), saturation.watch(SaturatedResource.MEMORY, host.name()));
    memories.put(host, memory);
    host.hostMemory().listen(memory::changed);
    if (host.cpu() instanceof RatedHostCpu rated) {
      HostLevel level =
          new HostLevel(
              host,
              saturation.watch(SaturatedResource.GUEST_CPU, host.name()),
              saturation.watch(SaturatedResource.DOM0_CPU, host.name()));
      hosts.put(host, level);
      levels.add(level);
      rated.listen(level::changed);
    }
  }

  /** Watches an array's queue from now on. */
  void add(StorageArray array) {
    QueueLevel level =
        new QueueLevel(array, saturation.watch(SaturatedResource.ARRAY_QUEUE, array.name()));
    levels.add(level);
    array.listen(level::changed);
  }

  /** A host is about to die. */
  void remove(PoolHost host) {
    HostLevel level = hosts.get(host);
    if (level != null) {
      level.end();
    }
    memories.get(host).end();
  }

  /** Passes on what has held up to the end. */
  void finish() {
    levels.forEach(StandingLevel::end);
    memories.values().forEach(MemoryLevel::end);
  }

  private final class HostLevel extends StandingLevel {
    private final PoolHost host;
    private final Watch guestCpu;
    private final Watch dom0Cpu;
    private long idle;
    private long dom0;

    HostLevel(PoolHost host, Watch guestCpu, Watch dom0Cpu) {
      super(simulator, quantumNanos);
      this.host = host;
      this.guestCpu = guestCpu;
      this.dom0Cpu = dom0Cpu;
    }

    @Override
    void pass(long fromNanos, long toNanos) {
      HostCpu cpu = host.cpu();
      long idleNow = cpu.idleNanos();
      long dom0Now = 0;
      for (int vcpu = 0; vcpu < host.dom0().vcpus(); vcpu++) {
        dom0Now += host.dom0().runningNanos(vcpu);
      }
      double span = toNanos - fromNanos;
      double capacity = span * cpu.pcpus();
      double control = dom0Now - dom0;
      double left = capacity - control;
      double guests = left <= 0 ? 0 : (capacity - (idleNow - idle) - control) / left;
      guestCpu.held(fromNanos, toNanos, guests);
      dom0Cpu.held(fromNanos, toNanos, control / (span * host.dom0().vcpus()));
      idle = idleNow;
      dom0 = dom0Now;
    }
  }

  private final class QueueLevel extends StandingLevel {
    private final StorageArray array;
    private final Watch queue;
    private long full;

    QueueLevel(StorageArray array, Watch queue) {
      super(simulator, quantumNanos);
      this.array = array;
      this.queue = queue;
    }

    @Override
    void pass(long fromNanos, long toNanos) {
      long fullNow = array.fullNanos();
      queue.held(fromNanos, toNanos, (double) (fullNow - full) / (toNanos - fromNanos));
      full = fullNow;
    }
  }

  /**
   * The memory that is neither free nor can be given back by balloons: with ballooning every host
   * is full. A level holds from one change of the host's memory to the next; pages that are being
   * scrubbed are not free until the last of them is.
   */
  private final class MemoryLevel {
    private final HostMemoryAccount memory;
    private final Watch watch;
    private double level;
    private long sinceNanos = simulator.nowNanos();
    private boolean ended;

    MemoryLevel(HostMemoryAccount memory, Watch watch) {
      this.memory = memory;
      this.watch = watch;
      level = memory.neededFraction();
    }

    void changed() {
      double newLevel = memory.neededFraction();
      if (newLevel != level && !ended) {
        pass();
        level = newLevel;
      }
    }

    void end() {
      if (!ended) {
        pass();
        ended = true;
      }
    }

    private void pass() {
      long nowNanos = simulator.nowNanos();
      if (nowNanos > sinceNanos) {
        watch.held(sinceNanos, nowNanos, level);
        sinceNanos = nowNanos;
      }
    }
  }
}
