// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.WorkloadSpec;

/**
 * Multiplies the demand of a workload: levels (clipped at 1), numbers of clients (rounded, at least
 * 1) and arrival rates. What a request costs stays as it is.
 */
final class LoadFactor {
  private static final int MOST_CLIENTS = 1_000_000;

  private LoadFactor() {}

  static WorkloadSpec of(WorkloadSpec spec, double factor) {
    if (factor == 1) {
      return spec;
    } else if (spec instanceof WorkloadSpec.Constant w) {
      return new WorkloadSpec.Constant(w.name(), w.vcpus(), clip(w.level() * factor));
    } else if (spec instanceof WorkloadSpec.Sine w) {
      return new WorkloadSpec.Sine(
          w.name(),
          w.vcpus(),
          clip(w.mean() * factor),
          clip(w.amplitude() * factor),
          w.periodNanos(),
          w.phaseNanos(),
          w.stepNanos());
    } else if (spec instanceof WorkloadSpec.Profile w) {
      return new WorkloadSpec.Profile(
          w.name(),
          w.vcpus(),
          w.levels().stream().map(level -> clip(level * factor)).toList(),
          w.periodNanos(),
          w.phaseNanos());
    } else if (spec instanceof WorkloadSpec.Bursty w) {
      return new WorkloadSpec.Bursty(
          w.name(),
          w.vcpus(),
          clip(w.onLevel() * factor),
          clip(w.offLevel() * factor),
          w.onNanos(),
          w.offNanos());
    } else if (spec instanceof WorkloadSpec.Stochastic w) {
      return new WorkloadSpec.Stochastic(
          w.name(),
          w.vcpus(),
          clip(w.mean() * factor),
          clip(w.standardDeviation() * factor),
          w.correlationNanos(),
          w.stepNanos());
    } else if (spec instanceof WorkloadSpec.Trace w) {
      return new WorkloadSpec.Trace(
          w.name(), w.vcpus(), w.series(), w.scale() * factor, w.between(), w.after());
    }
    WorkloadSpec.Requests w = (WorkloadSpec.Requests) spec;
    return new WorkloadSpec.Requests(w.name(), of(w.load(), factor), w.requests());
  }

  private static double clip(double level) {
    return Math.min(1, level);
  }

  private static LoadSpec of(LoadSpec load, double factor) {
    if (load instanceof LoadSpec.Closed closed) {
      long clients = Math.round(closed.clients() * factor);
      return new LoadSpec.Closed(
          (int) Math.max(1, Math.min(MOST_CLIENTS, clients)), closed.thinkNanos());
    } else if (load instanceof LoadSpec.Open open) {
      return new LoadSpec.Open(open.betweenNanos().times(1 / factor), open.mostOutstanding());
    }
    LoadSpec.OpenTrace recorded = (LoadSpec.OpenTrace) load;
    return new LoadSpec.OpenTrace(
        recorded.perSecond(), recorded.scale() * factor, recorded.mostOutstanding());
  }

  /** Returns a workload under another name. */
  static WorkloadSpec named(WorkloadSpec spec, String name) {
    if (spec.name().equals(name)) {
      return spec;
    } else if (spec instanceof WorkloadSpec.Constant w) {
      return new WorkloadSpec.Constant(name, w.vcpus(), w.level());
    } else if (spec instanceof WorkloadSpec.Sine w) {
      return new WorkloadSpec.Sine(
          name, w.vcpus(), w.mean(), w.amplitude(), w.periodNanos(), w.phaseNanos(), w.stepNanos());
    } else if (spec instanceof WorkloadSpec.Profile w) {
      return new WorkloadSpec.Profile(name, w.vcpus(), w.levels(), w.periodNanos(), w.phaseNanos());
    } else if (spec instanceof WorkloadSpec.Bursty w) {
      return new WorkloadSpec.Bursty(
          name, w.vcpus(), w.onLevel(), w.offLevel(), w.onNanos(), w.offNanos());
    } else if (spec instanceof WorkloadSpec.Stochastic w) {
      return new WorkloadSpec.Stochastic(
          name, w.vcpus(), w.mean(), w.standardDeviation(), w.correlationNanos(), w.stepNanos());
    } else if (spec instanceof WorkloadSpec.Trace w) {
      return new WorkloadSpec.Trace(name, w.vcpus(), w.series(), w.scale(), w.between(), w.after());
    }
    WorkloadSpec.Requests w = (WorkloadSpec.Requests) spec;
    return new WorkloadSpec.Requests(name, w.load(), w.requests());
  }
}
