// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.poolsim.cpu.DetailedCpuSpec;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.scenarios.language.Cpu;
import org.poolsim.scenarios.language.CpuTiming;
import org.poolsim.scenarios.language.PcpuSpeed;
import org.poolsim.scenarios.language.SchedulerSettings;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;

/** The pCPUs of a host and their scheduler: checked, and as those of the pool. */
final class CpuAssembly {
  private static final long MILLISECOND = 1_000_000L;
  private static final long LEAST_RATELIMIT_NANOS = 100_000L;

  private CpuAssembly() {}

  /** Reports what the ranges of the keys alone do not say. */
  static void check(Cpu cpu, Fidelity fidelity, Places places, Mistakes mistakes) {
    SchedulerSettings settings = cpu.schedulerParameters();
    if (settings != null) {
      if (settings.ratelimit() > 0
          && settings.ratelimit() < LEAST_RATELIMIT_NANOS
          && places.sound(settings, "ratelimit")) {
        mistakes.add(
            places.of(settings, "ratelimit"),
            "ratelimit: out of range, expected 0s for none, or 100us to 500ms");
      }
      if (settings.timeslice() % MILLISECOND != 0 && places.sound(settings, "timeslice")) {
        mistakes.add(
            places.of(settings, "timeslice"),
            "timeslice: Xen knows whole milliseconds only, expected one such as 30ms");
      }
    }
    CpuTiming timing = cpu.timing();
    if (timing == null) {
      return;
    }
    if (timing.smtThroughput() != null
        && places.sound(timing, "smt_throughput")
        && timing.smtThroughput() > cpu.threads()) {
      mistakes.add(
          places.of(timing, "smt_throughput"),
          "smt_throughput: more than the threads of a core, expected 1 to " + cpu.threads());
    }
    for (PcpuSpeed speed : timing.speeds()) {
      speed(speed, cpu, places, mistakes);
    }
    if (!timing.speeds().isEmpty() && fidelity != Fidelity.DETAILED) {
      mistakes.add(
          places.of(timing, "speeds"),
          "speeds: a fluid CPU has one speed, expected fidelity: {cpu: detailed} or no such key");
    }
  }

  private static void speed(PcpuSpeed speed, Cpu cpu, Places places, Mistakes mistakes) {
    if (speed.pcpus() == null || !places.sound(speed, "pcpus")) {
      return;
    }
    try {
      List<Integer> pcpus = Masks.parse(speed.pcpus());
      int last = pcpus.get(pcpus.size() - 1);
      int limit = cpu.sockets() * cpu.cores() * cpu.threads();
      if (limit > 0 && last >= limit) {
        mistakes.add(
            places.of(speed, "pcpus"),
            "pcpus: there is no pCPU " + last + ", expected some of 0-" + (limit - 1));
      }
    } catch (IllegalArgumentException e) {
      mistakes.add(places.of(speed, "pcpus"), "pcpus: " + e.getMessage());
    }
  }

  private static double smtThroughput(Cpu cpu) {
    return cpu.timing().smtThroughput() == null
        ? CpuSpec.defaultSmtThroughput(cpu.threads())
        : cpu.timing().smtThroughput();
  }

  /** Returns the pCPUs with everything that they leave out. */
  static Cpu resolved(Cpu cpu) {
    CpuTiming timing = cpu.timing();
    return new Cpu(
        cpu.sockets(),
        cpu.cores(),
        cpu.threads(),
        cpu.clock(),
        cpu.scheduler(),
        cpu.schedulerParameters(),
        cpu.granularity(),
        new CpuTiming(
            timing.timerSlop(),
            timing.ipiLatency(),
            timing.contextSwitch(),
            timing.migration(),
            smtThroughput(cpu),
            timing.speeds()));
  }

  static CpuSpec spec(Cpu cpu) {
    CpuTiming timing = cpu.timing();
    return new CpuSpec(
        cpu.sockets(),
        cpu.cores(),
        cpu.threads(),
        cpu.clock(),
        cpu.scheduler(),
        smtThroughput(cpu),
        new DetailedCpuSpec(
            scheduling(cpu.schedulerParameters()),
            cpu.granularity(),
            new TimingParameters(
                timing.timerSlop(),
                timing.ipiLatency().lowWhole(),
                timing.ipiLatency().highWhole(),
                timing.contextSwitch(),
                timing.migration(),
                smtThroughput(cpu),
                DetailedCpuSpec.DEFAULT.timing().uptimeNanos()),
            speeds(cpu)));
  }

  private static SchedulerParameters scheduling(SchedulerSettings settings) {
    return new SchedulerParameters(
        settings.ratelimit(),
        settings.timeslice(),
        settings.migrationDelay(),
        settings.loadBalanceRatelimit(),
        settings.tickleOneIdle(),
        settings.smtPowerSavings(),
        settings.credit2MigrateResist(),
        settings.credit2CapPeriod(),
        settings.credit2Runqueue(),
        settings.credit2MaxCpusRunqueue(),
        settings.credit2LoadWindowShift(),
        settings.credit2BalanceUnder(),
        settings.credit2BalanceOver());
  }

  private static List<Double> speeds(Cpu cpu) {
    if (cpu.timing().speeds().isEmpty()) {
      return List.of();
    }
    int pcpus = cpu.sockets() * cpu.cores() * cpu.threads();
    List<Double> speeds = new ArrayList<>(Collections.nCopies(pcpus, 1.0));
    for (PcpuSpeed speed : cpu.timing().speeds()) {
      for (int pcpu : Masks.parse(speed.pcpus())) {
        speeds.set(pcpu, speed.speed());
      }
    }
    return speeds;
  }
}
