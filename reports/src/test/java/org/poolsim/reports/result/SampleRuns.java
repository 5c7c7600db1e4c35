// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.poolsim.reports.result.HostResult.MemoryParts;
import org.poolsim.reports.result.HostResult.Share;
import org.poolsim.reports.result.Plot.Line;
import org.poolsim.reports.result.Plot.Style;

/**
 * Runs with invented figures, built through the real recorders: a boot storm in which dom0
 * saturates and one host dies, in any size. For tests of pages and summaries only.
 */
public final class SampleRuns {
  public static final long SECOND = 1_000_000_000L;
  private static final long STEP = 5 * SECOND;
  private static final long DURATION = 7200 * SECOND;
  private static final double GIB = 1L << 30;

  private SampleRuns() {}

  /** Four hosts, 240 VMs, a boot storm, one host lost: one of four objectives missed. */
  public static RunResult rich() {
    return storm(4, 240, 720, 288);
  }

  /** The same with no objectives set. */
  public static RunResult withoutObjectives() {
    RunResult run = rich();
    return with(run, List.of(), run.lanes(), run.identity(), run.facts());
  }

  /** The same with objectives that are all met and every lane quiet. */
  public static RunResult calm() {
    RunResult run = rich();
    List<Lane> lanes = run.lanes().stream().filter(lane -> !lane.saturated()).toList();
    List<Objective> met =
        run.objectives().stream().filter(o -> o.verdict() == Objective.Verdict.MET).toList();
    return with(run, met, lanes, run.identity(), run.facts());
  }

  /** Nothing saturates and no objective was set, while VMs wait for a pCPU. */
  public static RunResult waiting() {
    RunResult run = calm();
    CpuDetail cpu = run.cpu().orElseThrow();
    List<CpuDetail.VmWait> waits =
        cpu.worstWaits().stream()
            .map(
                wait ->
                    new CpuDetail.VmWait(
                        wait.vm(), wait.host(), HostResult.Share.of(wait.share().columns(), 0.01)))
            .toList();
    return with(
        run, List.of(), new CpuDetail(cpu.sentence(), waits, cpu.runQueue()), run.latencies());
  }

  /** One host with ten VMs. */
  public static RunResult oneHost() {
    return storm(1, 10, 720, 288);
  }

  /** A run whose vCPUs never waited: its only latencies are 0. */
  public static RunResult instantWakes() {
    RunResult run = storm(1, 10, 720, 288);
    LatencyRecorder wakes = new LatencyRecorder(DURATION, STEP);
    wakes.record(SECOND, 0);
    wakes.record(2 * SECOND, 0);
    return with(
        run,
        run.objectives(),
        run.cpu().orElseThrow(),
        List.of(wakes.latency("Wake to run", "vm.wake_to_run")));
  }

  /** Text from the scenario that tries to leave its place. */
  public static RunResult hostile() {
    RunResult run = storm(3, 6, 720, 288);
    String evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    Identity was = run.identity();
    Identity identity =
        new Identity(
            evil, evil, evil, 1, 1, was.durationNanos(), was.stepNanos(), was.hosts(), was.vms());
    RunFacts facts =
        new RunFacts(
            run.facts().fidelity(),
            1,
            2,
            List.of(new RunFacts.Setting(evil, evil)),
            List.of(),
            evil,
            evil,
            1,
            evil,
            evil,
            evil + "\n<!--",
            List.of(evil),
            List.of(evil));
    RunResult named = with(run, run.objectives(), run.lanes(), identity, facts);
    List<VmTable.Row> rows = new ArrayList<>();
    for (VmTable.Row row : run.vms().rows()) {
      rows.add(
          new VmTable.Row(
              evil + row.name(), List.of(evil), row.restarted(), row.values(), row.series()));
    }
    VmTable vms = new VmTable(run.vms().figures(), run.vms().series(), "boot", rows);
    return new RunResult(
        named.identity(),
        named.ending(),
        named.objectives(),
        named.lanes(),
        named.events(),
        named.counts(),
        named.hosts(),
        vms,
        named.timeline(),
        named.cpu(),
        named.memory(),
        named.storage(),
        named.network(),
        named.latencies(),
        List.of(new AlarmRate("VM", evil, true, 0.9, 3, 1, 0.5, Optional.empty())),
        named.facts());
  }

  /** A thousand hosts and twenty thousand VMs, of which every one has its series. */
  public static RunResult huge() {
    return storm(1000, 20_000, 240, 48);
  }

  private static RunResult with(
      RunResult run,
      List<Objective> objectives,
      List<Lane> lanes,
      Identity identity,
      RunFacts facts) {
    return new RunResult(
        identity,
        run.ending(),
        objectives,
        lanes,
        run.events(),
        run.counts(),
        run.hosts(),
        run.vms(),
        run.timeline(),
        run.cpu(),
        run.memory(),
        run.storage(),
        run.network(),
        run.latencies(),
        run.alarms(),
        facts);
  }

  private static RunResult with(
      RunResult run, List<Objective> objectives, CpuDetail cpu, List<Latency> latencies) {
    return new RunResult(
        run.identity(),
        run.ending(),
        objectives,
        run.lanes(),
        run.events(),
        run.counts(),
        run.hosts(),
        run.vms(),
        run.timeline(),
        Optional.of(cpu),
        run.memory(),
        run.storage(),
        run.network(),
        latencies,
        run.alarms(),
        run.facts());
  }

  private static double ramp(double t, double from, double to) {
    return Math.max(0, Math.min(1, (t - from) / (to - from)));
  }

  /** How hard the pool works at a time: the boot storm, the restarts after the lost host. */
  private static double storminess(double t) {
    double storm = ramp(t, 0, 200) * (1 - ramp(t, 540, 700));
    double restarts = 0.93 * ramp(t, 4280, 4330) * (1 - ramp(t, 4400, 4500));
    return Math.max(storm, restarts);
  }

  private static RunResult storm(int hosts, int vms, int hostColumns, int vmColumns) {
    SaturationRecorder dom0Lane = lane("dom0 CPU");
    SaturationRecorder guestLane = lane("guest CPU");
    SaturationRecorder memoryLane = lane("memory");
    List<HostResult> results = new ArrayList<>();
    List<Columns> queues = new ArrayList<>();
    for (int host = 1; host <= hosts; host++) {
      results.add(host(host, hosts, hostColumns, dom0Lane, guestLane, memoryLane, queues));
    }
    LatencyRecorder latency = new LatencyRecorder(DURATION, STEP);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 60_000; i++) {
      long at = (long) (random.nextDouble() * DURATION);
      double slow = 1 + 25 * Math.pow(storminess(at / (double) SECOND - 45), 3);
      double shape = -Math.log(1 - random.nextDouble());
      latency.record(at, (long) (0.4e6 + 0.5e6 * slow * shape));
    }
    Latency response =
        latency.latency(
            "Response time, office-desktop",
            "workload.response_time",
            OptionalDouble.of(0.02),
            OptionalDouble.of(99));
    Latency disk =
        latency.latency(
            "Disk read latency",
            "vbd.read_latency",
            OptionalDouble.of(0.02),
            OptionalDouble.of(99));
    SaturationRecorder latencyLane =
        new SaturationRecorder(
            "response time",
            Unit.SECONDS,
            0.02,
            "its objective, 20 ms, for at least 10 s",
            SaturationRecorder.MINIMUM_NANOS);
    Course latencyCourse = latencyLane.entity("");
    Columns p99 = response.heat().percentile(99);
    for (int i = 0; i < p99.count(); i++) {
      latencyCourse.held(i * p99.columnNanos(), (i + 1) * p99.columnNanos(), p99.mean(i));
    }
    Identity identity =
        new Identity(
            "vdi-boot-storm",
            "240 desktops start within ten minutes on four hosts",
            "vdi-boot-storm.yaml",
            42,
            1,
            DURATION,
            STEP,
            hosts,
            vms);
    List<Objective> objectives =
        List.of(
            Objective.below("vm.boot_time", "Boot time of a VM", "p95", Unit.SECONDS, 90, 117.6)
                .complaining("desktops boot too slowly"),
            Objective.below(
                    "vbd.read_latency", "Disk read latency", "p99", Unit.SECONDS, .02, .0146)
                .beyondFor(305),
            Objective.below(
                "ha.restart_time", "VM back after a host failure", "max", Unit.SECONDS, 300, 271),
            Objective.below("vm.cpu_wait", "vCPU wait", "p95", Unit.FRACTION, 0.05, 0.019));
    List<Line> population =
        List.of(
            new Line("running", Style.LINE, columns(hostColumns, t -> Math.rint(vms * running(t)))),
            new Line(
                "booting",
                Style.AREA,
                columns(hostColumns, t -> Math.rint(vms / 7. * storminess(t)))));
    List<Columns> dom0s = results.stream().map(h -> h.dom0Cpu().columns()).toList();
    List<Plot> timeline =
        List.of(
            Plot.of("Virtual machines", Unit.COUNT, population),
            Plot.highestAndLowest("dom0 CPU, % of 16 vCPUs", Unit.FRACTION, "host", dom0s)
                .limited("threshold", 0.9),
            Plot.of(
                    "Response time, office-desktop",
                    Unit.SECONDS,
                    List.of(
                        new Line("p99", Style.LINE, p99),
                        new Line("p50", Style.LINE, response.heat().percentile(50))))
                .limited("objective", 0.02),
            Plot.of(
                "Disk requests",
                Unit.PER_SECOND,
                List.of(
                    new Line(
                        "reads",
                        Style.AREA,
                        columns(hostColumns, t -> 1500 + 21000 * storminess(t))))));
    List<Lane> lanes =
        List.of(dom0Lane.lane(), latencyLane.lane(), guestLane.lane(), memoryLane.lane());
    VmTable table = vms(vms, hosts, vmColumns);
    List<CpuDetail.VmWait> waits = new ArrayList<>();
    for (VmTable.Row row : table.rows().subList(0, Math.min(10, vms))) {
      waits.add(
          new CpuDetail.VmWait(
              row.name(), row.hosts().get(0), Share.of(row.series().get(1), 0.05)));
    }
    return new RunResult(
        identity,
        Ending.completed(DURATION),
        objectives,
        lanes,
        events(vms, hosts),
        List.of(
            new Count(hosts, Unit.COUNT, hosts > 1 ? "hosts, 1 lost for 7 min" : "host"),
            new Count(vms, Unit.COUNT, "VMs, all up at the end"),
            new Count(vms * 1.25, Unit.COUNT, "VM starts, 0 failed"),
            new Count(117.6, Unit.SECONDS, "boot time p95"),
            new Count(0.0146, Unit.SECONDS, "read latency p99"),
            new Count(31.4e6, Unit.COUNT, "disk requests")),
        results,
        table,
        timeline,
        Optional.of(
            new CpuDetail(
                "dom0 has 16 vCPUs of 64 hardware threads on each host and competes with the guests"
                    + " under the credit scheduler.",
                waits,
                Optional.of(
                    Plot.highestAndLowest("Run queue per pCPU", Unit.COUNT, "host", queues)))),
        Optional.of(
            new MemoryDetail(
                "No ballooning, no refused start.",
                Optional.of(
                    Plot.of(
                        "Balloon targets against actual",
                        Unit.BYTES,
                        List.of(
                            new Line(
                                "target",
                                Style.LINE,
                                columns(hostColumns, t -> vms * 4 * GIB * running(t))),
                            new Line(
                                "actual",
                                Style.LINE,
                                columns(hostColumns, t -> vms * 3.98 * GIB * running(t - 30)))))),
                0,
                0)),
        Optional.of(storage(hostColumns)),
        Optional.of(network(hosts, hostColumns)),
        List.of(response, disk),
        List.of(),
        facts());
  }

  private static StorageDetail storage(int columns) {
    return new StorageDetail(
        "san-1 (24 devices, queue of 1024). Not validated.",
        List.of("ring", "tapdisk queue", "dom0 wait", "tapdisk", "array queue", "links", "array"),
        List.of(
            new StorageDetail.ReadTime(
                "Calm",
                new Period(1200 * SECOND, 4200 * SECOND),
                12_000_000,
                List.of(0.0, 2e-5, 5e-5, 1.2e-5, 3e-5, 8e-5, 4.5e-4)),
            new StorageDetail.ReadTime(
                "Worst 2 min",
                new Period(240 * SECOND, 360 * SECOND),
                2_500_000,
                List.of(6e-4, 1e-4, 2.3e-3, 1.5e-5, 3e-4, 1e-4, 4.5e-4))),
        "Slowest: worst 2 min. 60 % of a read's time went to dom0.",
        Optional.of(new Period(1200 * SECOND, 4200 * SECOND)),
        List.of(
            Plot.of(
                "SR golden, throughput",
                Unit.BYTES_PER_SECOND,
                List.of(
                    new Line("read", Style.LINE, columns(columns, t -> 1e6 + 4e8 * storminess(t))),
                    new Line("written", Style.LINE, columns(columns, t -> 1e6))))));
  }

  private static NetworkDetail network(int hosts, int columns) {
    List<NetworkDetail.Link> links = new ArrayList<>();
    for (int host = 1; host <= Math.min(hosts, 30); host++) {
      double share = 0.7 / host;
      links.add(
          new NetworkDetail.Link(
              "host-" + host + "/eth0",
              "host-" + host,
              "bond0",
              25_000_000_000L,
              Share.of(columns(columns, t -> share * storminess(t)), 0.9)));
    }
    return new NetworkDetail(
        "Netback under Open vSwitch. Not validated.",
        links,
        List.of(
            Plot.of(
                "dom0 CPU spent on packets",
                Unit.FRACTION,
                List.of(
                    new Line("host", Style.LINE, columns(columns, t -> 0.2 * storminess(t)))))));
  }

  private static List<RunEvent> events(int vms, int hosts) {
    RunEvent starts =
        new RunEvent(
            0, RunEvent.Kind.STARTS, "", vms + " starts", "", OptionalLong.of(600 * SECOND));
    if (hosts == 1) {
      return List.of(starts);
    }
    return List.of(
        starts,
        RunEvent.at(4200 * SECOND, RunEvent.Kind.FAULT, "host-2", "host-2 died")
            .ended("60 of 60 VMs working again after 4 min 31 s"),
        RunEvent.at(
            4280 * SECOND, RunEvent.Kind.HA, "", "liveset without host-2, 60 restarts follow"),
        RunEvent.at(4640 * SECOND, RunEvent.Kind.HA, "host-2", "host-2 back"));
  }

  private static RunFacts facts() {
    return new RunFacts(
        List.of(
            new RunFacts.Fidelity("CPU", "detailed", "within 2 % of the recorded cases"),
            new RunFacts.Fidelity("memory", "detailed", ""),
            new RunFacts.Fidelity(
                "network", "fluid", "within 3 % of detailed on 14 recorded cases"),
            new RunFacts.Fidelity("storage", "capacity", "")),
        212,
        251,
        List.of(
            new RunFacts.Setting("dom0.vcpus", "16"),
            new RunFacts.Setting("xenopsd.workers", "4"),
            new RunFacts.Setting("tapdisk.cpu_per_request", "11 µs")),
        List.of(
            new RunFacts.Quirk("squeezed share loop", "memory.share_loop", true),
            new RunFacts.Quirk("tick phase lock", "cpu.tick_phase_lock", true),
            new RunFacts.Quirk("lost second crash", "ha.lost_second_crash", false)),
        "poolsim 0.1.0",
        "XCP-ng 8.3",
        184_000_000,
        "passed",
        "9c41" + "0".repeat(56) + "e07b",
        "poolsim: 1\nname: vdi-boot-storm\nseed: 42\nduration: 2h\n",
        List.of("pool.hosts[0].dom0.vcpus=16"),
        List.of());
  }

  private static SaturationRecorder lane(String resource) {
    return new SaturationRecorder(
        resource, Unit.FRACTION, 0.9, "90 % for at least 10 s", SaturationRecorder.MINIMUM_NANOS);
  }

  private interface Law {
    double at(double seconds);
  }

  private static double running(double t) {
    double started = ramp(t, 0, 720);
    return t >= 4200 && t < 4280
        ? 0.75
        : t >= 4280 && t < 4500 ? 0.75 + 0.25 * ramp(t, 4280, 4500) : started;
  }

  private static Columns columns(int capacity, Law law) {
    return columns(capacity, law, (from, to, value) -> {}, List.of());
  }

  private static Columns columns(int capacity, Law law, Course also, List<Period> absent) {
    ColumnsRecorder recorder =
        new ColumnsRecorder(ColumnsRecorder.widthFor(DURATION, STEP, capacity), capacity);
    Course course = Course.both(recorder, also);
    // Columns of many steps need no value for each step.
    long every = Math.max(STEP, ColumnsRecorder.widthFor(DURATION, STEP, capacity) / 2);
    for (long at = 0; at < DURATION; at += every) {
      long now = at;
      boolean gone = absent.stream().anyMatch(p -> p.startNanos() <= now && now < p.endNanos());
      course.held(at, at + every, gone ? Double.NaN : law.at(at / (double) SECOND));
    }
    return recorder.columns(DURATION);
  }

  private static HostResult host(
      int host,
      int hosts,
      int columns,
      SaturationRecorder dom0Lane,
      SaturationRecorder guestLane,
      SaturationRecorder memoryLane,
      List<Columns> queues) {
    SplittableRandom random = new SplittableRandom(host);
    List<Period> absent = host == 2 ? List.of(new Period(4200 * SECOND, 4640 * SECOND)) : List.of();
    boolean lost = host == 2;
    String name = "host-" + host;
    double strength = 0.955 + 0.02 * ((host * 7) % 3);
    Columns dom0 =
        columns(
            columns,
            t ->
                lost && t > 4640
                    ? 0.05 + 0.01 * random.nextDouble()
                    : Math.min(
                        0.99,
                        0.27
                            + 0.08 * ramp(t, 4500, 4600)
                            + (strength - 0.31) * storminess(t)
                            + 0.06 * random.nextDouble()),
            dom0Lane.entity(name),
            absent);
    Columns guests =
        columns(
            columns,
            t -> lost && t > 4640 ? 0.01 : 0.3 + 0.28 * storminess(t) + 0.08 * random.nextDouble(),
            guestLane.entity(name),
            absent);
    Columns used =
        columns(
            columns,
            t -> lost && t > 4640 ? 0.05 : 0.05 + 0.58 * running(t),
            memoryLane.entity(name),
            absent);
    queues.add(columns(columns, t -> 0.2 + 1.4 * storminess(t) + 0.2 * random.nextDouble()));
    MemoryParts parts =
        new MemoryParts(
            columns(columns, t -> 300 * GIB * running(t)),
            columns(columns, t -> 8 * GIB),
            columns(columns, t -> 2 * GIB),
            columns(columns, t -> (502 - 300 * running(t)) * GIB));
    return new HostResult(
        name,
        lost ? "died 1:10:00" : "",
        Share.of(dom0, 0.9),
        Share.of(guests, 0.9),
        Share.of(used, 0.9),
        Optional.of(Share.of(columns(columns, t -> 0.02 + 0.2 * storminess(t)), 0.9)),
        host % 5 == 4
            ? Optional.empty()
            : Optional.of(Share.of(columns(columns, t -> 0.01 + 0.17 * storminess(t)), 0.9)),
        lost ? 0 : 80,
        Optional.of(parts),
        hosts > 1 ? absent : List.of());
  }

  private static VmTable vms(int vms, int hosts, int columns) {
    List<VmTable.Row> rows =
        IntStream.rangeClosed(1, vms)
            .mapToObj(
                vm -> {
                  SplittableRandom random = new SplittableRandom(1000 + vm);
                  int host = 1 + vm % hosts;
                  boolean restarted = host == 2 && hosts > 1;
                  double boot = 60 + 72 * Math.pow(random.nextDouble(), 2);
                  List<Period> down =
                      restarted
                          ? List.of(new Period(4200 * SECOND, (4440 + vm % 60) * SECOND))
                          : List.of();
                  Columns cpu =
                      columns(
                          columns,
                          t ->
                              Math.min(
                                  1,
                                  0.12
                                      + 0.5 * storminess(t) * (t < 600 ? 1 : 0)
                                      + 0.1 * random.nextDouble()),
                          (f, t, v) -> {},
                          down);
                  Columns wait =
                      columns(columns, t -> 0.004 + 0.05 * storminess(t) * random.nextDouble());
                  Columns memory = Columns.constant(cpu.columnNanos(), cpu.count(), 4 * GIB);
                  return new VmTable.Row(
                      "desktop-" + vm,
                      restarted
                          ? List.of("host-2", "host-" + (3 + vm % (hosts - 2)))
                          : List.of("host-" + host),
                      restarted,
                      java.util.Arrays.asList(
                          boot,
                          0.01 + 0.02 * random.nextDouble(),
                          0.012 + 0.02 * random.nextDouble(),
                          4 * GIB,
                          restarted ? (Double) (240. + vm % 60) : null),
                      List.of(cpu, wait, memory));
                })
            .toList();
    return new VmTable(
        List.of(
            new VmTable.Figure("boot", "Boot", Unit.SECONDS, OptionalDouble.of(90)),
            new VmTable.Figure("wait", "vCPU wait", Unit.FRACTION, OptionalDouble.of(0.05)),
            new VmTable.Figure("read", "Read p99", Unit.SECONDS, OptionalDouble.of(0.02)),
            new VmTable.Figure("memory", "Memory", Unit.BYTES, OptionalDouble.empty()),
            new VmTable.Figure("down", "Down", Unit.SECONDS, OptionalDouble.empty())),
        List.of(
            new VmTable.SeriesName("CPU", Unit.FRACTION),
            new VmTable.SeriesName("vCPU wait", Unit.FRACTION),
            new VmTable.SeriesName("Memory", Unit.BYTES)),
        "boot",
        rows);
  }
}
