// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.poolsim.engine.random.Distribution;
import org.poolsim.storage.Access;

/**
 * Named workloads. Their numbers are engineering defaults for a first answer, of the order that
 * sizing guides give; they are not measurements of anybody's users. docs/models/workloads.md has
 * each number with its reason.
 */
public final class Profiles {
  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;
  private static final double KIB = 1024;

  private final TreeMap<String, List<WorkloadSpec>> byName = new TreeMap<>();

  /** Creates the set of profiles that poolsim knows. */
  public Profiles() {
    byName.put("batch", batch());
    byName.put("database", database());
    byName.put("idle", idle());
    byName.put("office-desktop", officeDesktop());
    byName.put("web", web());
  }

  /** Returns the names, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /**
   * Returns the workloads of a profile.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  public List<WorkloadSpec> workloads(String name) {
    List<WorkloadSpec> workloads = byName.get(name);
    if (workloads == null) {
      throw new IllegalArgumentException(
          "there is no profile " + name + "; expected one of " + byName.keySet());
    }
    return workloads;
  }

  /** An operating system that nobody uses: timers and housekeeping. */
  private static List<WorkloadSpec> idle() {
    return List.of(new WorkloadSpec.Constant("idle", 0, 0.01));
  }

  /**
   * One user who acts every 5 s: 0.25 s of CPU, 8 reads and 32 writes of 4 KiB in four streams (8
   * I/O per second, one in five a read), and 20 KiB of screen.
   */
  private static List<WorkloadSpec> officeDesktop() {
    StepSpec reads = new StepSpec.Repeat(2, List.of(read(4 * KIB)));
    StepSpec writes = new StepSpec.Repeat(8, List.of(write(4 * KIB)));
    List<StepSpec> stream = List.of(reads, writes);
    return List.of(
        new WorkloadSpec.Constant("background", 0, 0.02),
        new WorkloadSpec.Requests(
            "action",
            new LoadSpec.Closed(1, new Distribution.Exponential(5 * SECOND)),
            List.of(
                new RequestSpec(
                    "action",
                    new StepSpec.Cpu(logNormal(250 * MILLI, 300 * MILLI)),
                    new StepSpec.Parallel(List.of(stream, stream, stream, stream)),
                    new StepSpec.Send(new Distribution.Constant(20 * KIB), -1)))));
  }

  /**
   * 100 browsers with a mean think time of 7 s: a page costs 15 ms of CPU, every fifth page also a
   * read.
   */
  private static List<WorkloadSpec> web() {
    StepSpec receive = new StepSpec.Receive(new Distribution.Constant(2 * KIB), -1);
    StepSpec cpu = new StepSpec.Cpu(logNormal(15 * MILLI, 20 * MILLI));
    StepSpec send = new StepSpec.Send(logNormal(64 * KIB, 96 * KIB), -1);
    return List.of(
        new WorkloadSpec.Constant("background", 0, 0.01),
        new WorkloadSpec.Requests(
            "page",
            new LoadSpec.Closed(100, new Distribution.Exponential(7 * SECOND)),
            List.of(
                new RequestSpec("cached", 4, List.of(receive, cpu, send)),
                new RequestSpec("read", 1, List.of(receive, cpu, read(16 * KIB), send)))));
  }

  /**
   * 32 connections that pause 0.5 s: 4 ms of CPU, four 8-KiB reads side by side, two writes in
   * order, small messages.
   */
  private static List<WorkloadSpec> database() {
    StepSpec message = new StepSpec.Receive(new Distribution.Constant(KIB), -1);
    List<StepSpec> branch = List.of(read(8 * KIB));
    return List.of(
        new WorkloadSpec.Constant("background", 0, 0.02),
        new WorkloadSpec.Requests(
            "transaction",
            new LoadSpec.Closed(32, new Distribution.Exponential(0.5 * SECOND)),
            List.of(
                new RequestSpec(
                    "transaction",
                    message,
                    new StepSpec.Cpu(new Distribution.Exponential(4 * MILLI)),
                    new StepSpec.Parallel(List.of(branch, branch, branch, branch)),
                    write(8 * KIB),
                    write(8 * KIB),
                    new StepSpec.Send(new Distribution.Constant(4 * KIB), -1)))));
  }

  /**
   * Jobs that take every vCPU for ten minutes and then leave it for twenty, while files are read in
   * sequence.
   */
  private static List<WorkloadSpec> batch() {
    return List.of(
        new WorkloadSpec.Bursty(
            "job",
            0,
            1,
            0.02,
            new Distribution.Exponential(600 * SECOND),
            new Distribution.Exponential(1200 * SECOND)),
        new WorkloadSpec.Requests(
            "file",
            new LoadSpec.Closed(1, new Distribution.Exponential(0.5 * SECOND)),
            List.of(
                new RequestSpec(
                    "file",
                    new StepSpec.Repeat(
                        4,
                        List.of(
                            new StepSpec.Read(
                                new Distribution.Constant(256 * KIB),
                                null,
                                Access.SEQUENTIAL)))))));
  }

  private static Distribution logNormal(double mean, double standardDeviation) {
    return Distribution.lognormal(mean, standardDeviation / mean);
  }

  private static StepSpec read(double bytes) {
    return new StepSpec.Read(new Distribution.Constant(bytes), null, Access.RANDOM);
  }

  private static StepSpec write(double bytes) {
    return new StepSpec.Write(new Distribution.Constant(bytes), null, Access.RANDOM);
  }
}
