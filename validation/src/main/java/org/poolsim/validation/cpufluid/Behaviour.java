// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

import java.util.ArrayDeque;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuWork;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.validation.CaseFormatException;
import tools.jackson.databind.JsonNode;

/**
 * What one vCPU of a case does, as demand or as work for its domain: one job at a time, the others
 * in a queue.
 */
final class Behaviour extends CpuWork {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Simulator simulator;
  private final CpuDomain domain;
  private final int vcpu;
  private final CaseReader reader;
  private final JsonNode spec;
  private final String type;
  private final Drive drive;

  /** What the requests of others make of a server's vCPU. */
  private double served;

  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private final Event next = new Next();
  private Behaviour backend;
  private long randomState;
  private boolean started;

  /** A job and who waits for it. */
  private record Job(long cpuNanos, Behaviour requester) {}

  /**
   * Prepares the behaviour.
   *
   * @param seedOffset added to the recorded seed, as the perturbed replicates do
   */
  Behaviour(
      Simulator simulator,
      CpuDomain domain,
      int vcpu,
      CaseReader reader,
      JsonNode spec,
      Drive drive,
      long seedOffset) {
    this.simulator = simulator;
    this.domain = domain;
    this.vcpu = vcpu;
    this.reader = reader;
    this.spec = spec;
    this.drive = drive;
    this.type = reader.text(spec, "type");
    this.randomState = spec.has("seed") ? reader.number(spec, "seed") + seedOffset : 0;
  }

  JsonNode spec() {
    return spec;
  }

  boolean needsBackend() {
    return type.equals("io_request");
  }

  void setBackend(Behaviour newBackend) {
    backend = newBackend;
    backend.served += reader.number(spec, "backend_run_ns") / cycleNanos();
  }

  private double cycleNanos() {
    return (double) reader.number(spec, "run_ns") + reader.number(spec, "backend_run_ns");
  }

  private double ratio(String run, String sleep) {
    double ran = reader.number(spec, run);
    return ran / (ran + reader.number(spec, sleep));
  }

  /** Returns the long-run mean of what the vCPU wants, in [0, 1]. */
  private double meanDemand() {
    return switch (type) {
      case "hog", "yield" -> 1;
      case "burst" -> ratio("run_ns", "sleep_ns");
      case "random_burst" -> ratio("mean_run_ns", "mean_sleep_ns");
      case "periodic" ->
          Math.min(1, (double) reader.number(spec, "run_ns") / reader.number(spec, "period_ns"));
      case "poisson_jobs" ->
          Math.min(
              1,
              (double) reader.number(spec, "mean_run_ns")
                  / reader.number(spec, "mean_interarrival_ns"));
      case "io_request" -> reader.number(spec, "run_ns") / cycleNanos();
      case "server" -> Math.min(1, served);
      case "blocked" -> 0;
      default -> throw unknown();
    };
  }

  private CaseFormatException unknown() {
    return reader.problem(
        "behaviour '"
            + type
            + "' is not one of hog, periodic, burst, random_burst, poisson_jobs, io_request,"
            + " server, blocked, yield");
  }

  void startAt(long startNanos) {
    simulator.schedule(next, startNanos);
  }

  private final class Next extends Event {
    @Override
    protected void fire() {
      if (started) {
        proceed();
      } else {
        started = true;
        start();
      }
    }
  }

  private void start() {
    if (drive == Drive.DEMAND) {
      domain.setDemand(vcpu, meanDemand());
      return;
    }
    switch (type) {
      case "hog", "yield" -> domain.setDemand(vcpu, 1);
      case "burst", "random_burst", "io_request" -> proceed();
      case "periodic" -> simulator.scheduleAfter(next, reader.number(spec, "phase_ns"));
      case "poisson_jobs" -> simulator.scheduleAfter(next, draw("mean_interarrival_ns"));
      case "server", "blocked" -> {
        // Nothing of its own to do
      }
      default -> throw unknown();
    }
  }

  /** The next job of its own is due. */
  private void proceed() {
    switch (type) {
      case "burst", "io_request" -> deliver(reader.number(spec, "run_ns"), null);
      case "random_burst" -> deliver(draw("mean_run_ns"), null);
      case "periodic" -> {
        simulator.scheduleAfter(next, reader.number(spec, "period_ns"));
        deliver(reader.number(spec, "run_ns"), null);
      }
      case "poisson_jobs" -> {
        long length = draw("mean_run_ns");
        simulator.scheduleAfter(next, draw("mean_interarrival_ns"));
        deliver(length, null);
      }
      default -> throw new IllegalStateException(type + " has no jobs of its own");
    }
  }

  private void deliver(long cpuNanos, Behaviour requester) {
    jobs.addLast(new Job(cpuNanos, requester));
    if (jobs.size() == 1) {
      domain.submit(this, cpuNanos);
    }
  }

  @Override
  protected void completed() {
    Job done = jobs.removeFirst();
    if (done.requester() != null) {
      done.requester().proceed();
    }
    Job waiting = jobs.peekFirst();
    if (waiting != null) {
      domain.submit(this, waiting.cpuNanos());
      return;
    }
    switch (type) {
      case "burst" -> simulator.scheduleAfter(next, reader.number(spec, "sleep_ns"));
      case "random_burst" -> simulator.scheduleAfter(next, draw("mean_sleep_ns"));
      case "io_request" -> backend.deliver(reader.number(spec, "backend_run_ns"), this);
      default -> {
        // Waits for the next release, arrival or request
      }
    }
  }

  /** An exponential draw as in the recorded runs: SplitMix64, at least 1 ns. */
  private long draw(String meanField) {
    randomState += GOLDEN;
    long z = randomState;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    double u = (z >>> 11) * 0x1p-53;
    return Math.max(1, (long) Math.ceil(-reader.number(spec, meanField) * Math.log(1 - u)));
  }
}
