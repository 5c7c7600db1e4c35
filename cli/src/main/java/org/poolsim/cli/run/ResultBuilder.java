// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.poolsim.cpu.sched.SchedulingGranularity;
import org.poolsim.engine.stat.ConfidenceInterval;
import org.poolsim.pool.MetricSeries;
import org.poolsim.pool.ObjectiveOutcome;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolEvent;
import org.poolsim.pool.PoolHost;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.VmState;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.pool.spec.FidelitySpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.ColumnsRecorder;
import org.poolsim.reports.result.Count;
import org.poolsim.reports.result.CpuDetail;
import org.poolsim.reports.result.Ending;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.HostResult.Share;
import org.poolsim.reports.result.Identity;
import org.poolsim.reports.result.Latency;
import org.poolsim.reports.result.LatencyRecorder;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.RunFacts;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/**
 * Turns what a run's first replication showed, and the objectives of all of them, into the result
 * for the report.
 */
public final class ResultBuilder {
  private static final double CONFIDENCE = 0.95;

  private final RunSpec run;
  private final ScenarioFacts scenario;
  private final Pool pool;
  private final RunRecorder recorder;
  private final List<Alarm> alarms;
  private final long endNanos;
  private final PoolCourse course;

  /**
   * Prepares to describe a finished pool.
   *
   * @param alarms what perfmon raised, in order
   */
  public ResultBuilder(
      RunSpec run, ScenarioFacts scenario, Pool pool, RunRecorder recorder, List<Alarm> alarms) {
    this.run = run;
    this.scenario = scenario;
    this.pool = pool;
    this.recorder = recorder;
    this.alarms = alarms;
    endNanos = pool.simulator().nowNanos();
    course = new PoolCourse(pool, recorder, endNanos);
  }

  /**
   * Returns the result.
   *
   * @param outcomes of every replication, the first one's first
   * @param events simulation events of all replications
   * @param raised how many alarms there were in every replication, the first one's first
   * @param audit what the audit said
   */
  RunResult build(
      List<List<ObjectiveOutcome>> outcomes,
      long events,
      List<AlarmCounts> raised,
      String audit,
      String version) {
    List<HostResult> hosts = hosts();
    List<RunEvent> happened = course.events();
    happened.addAll(AlarmWords.events(alarms));
    happened.sort(Comparator.comparingLong(RunEvent::atNanos));
    StorageResult storage = new StorageResult(run, recorder, happened, endNanos);
    return new RunResult(
        identity(outcomes.size()),
        endNanos < run.durationNanos()
            ? new Ending(Ending.Kind.INTERRUPTED, endNanos, "")
            : Ending.completed(endNanos),
        objectives(outcomes),
        recorder.lanes(),
        happened,
        counts(),
        hosts,
        new VmResult(run, pool, recorder, course, endNanos).table(),
        timeline(hosts, storage.timeline()),
        Optional.of(cpu()),
        Optional.of(new MemoryResult(recorder, course, endNanos).detail()),
        storage.detail(),
        new NetworkResult(run, recorder, endNanos).detail(),
        latencies(),
        AlarmCounts.rates(raised),
        facts(events, audit, version));
  }

  private Identity identity(int replications) {
    return new Identity(
        scenario.name(),
        scenario.about(),
        scenario.file(),
        run.seed(),
        replications,
        run.durationNanos(),
        RunRecorder.STEP_NANOS,
        run.pool().hosts().size(),
        run.pool().vms().size());
  }

  // Objectives

  private List<Objective> objectives(List<List<ObjectiveOutcome>> outcomes) {
    List<Objective> result = new ArrayList<>();
    for (int i = 0; i < run.objectives().size(); i++) {
      int index = i;
      List<ObjectiveOutcome> all = outcomes.stream().map(each -> each.get(index)).toList();
      result.add(objective(run.objectives().get(i), all));
    }
    return result;
  }

  private Objective objective(ObjectiveSpec spec, List<ObjectiveOutcome> outcomes) {
    ObjectiveOutcome first = outcomes.get(0);
    double toBase = RunRecorder.toBase(first.metric().unit());
    double[] measured = outcomes.stream().mapToDouble(each -> each.measured() * toBase).toArray();
    Optional<ConfidenceInterval> interval =
        measured.length < 2 || Arrays.stream(measured).anyMatch(Double::isNaN)
            ? Optional.empty()
            : Optional.of(ConfidenceInterval.ofMean(measured, CONFIDENCE));
    String title =
        MetricWords.title(spec.metric()) + (spec.entity() == null ? "" : ", " + spec.entity());
    return new Objective(
        spec.metric(),
        title,
        statistic(spec),
        RunRecorder.unit(first.metric().unit()),
        spec.comparison() == ObjectiveSpec.Comparison.BELOW
            ? Objective.Direction.BELOW
            : Objective.Direction.ABOVE,
        spec.limit() * toBase,
        Arrays.stream(measured).average().orElse(Double.NaN),
        recorder.secondsBeyond(spec).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        spec.comparison() == ObjectiveSpec.Comparison.BELOW
            ? MetricWords.complaint(spec.metric())
            : "",
        interval.map(each -> new Objective.Interval(each.low(), each.high(), CONFIDENCE)));
  }

  static String statistic(ObjectiveSpec spec) {
    if (spec.statistic() != ObjectiveSpec.Statistic.PERCENTILE) {
      return spec.statistic().name().toLowerCase(Locale.ROOT);
    }
    double percentile = spec.percentile();
    return "p"
        + (percentile == Math.rint(percentile)
            ? String.valueOf((long) percentile)
            : String.valueOf(percentile));
  }

  // Hosts

  private List<HostResult> hosts() {
    List<HostResult> result = new ArrayList<>();
    for (PoolHost host : pool.hosts()) {
      String name = host.name();
      Columns memory = level("host.memory_used", name);
      List<Period> absent = course.absent(name);
      String note = absent.isEmpty() ? "" : "died " + Figures.clock(absent.get(0).startNanos());
      result.add(
          new HostResult(
              name,
              note,
              Share.of(level("host.dom0_cpu", name), run.saturation().dom0Cpu()),
              Share.of(level("host.guest_cpu", name), run.saturation().guestCpu()),
              Share.of(level("host.memory_needed", name), run.saturation().memory()),
              Optional.empty(),
              busiestLink(host.spec()),
              host.isUp()
                  ? (int) host.vms().stream().filter(vm -> vm.state() == VmState.RUNNING).count()
                  : 0,
              Optional.of(MemoryResult.parts(host.spec(), memory)),
              absent));
    }
    return result;
  }

  private Columns level(String metric, String entity) {
    return recorder
        .level(metric, entity, endNanos)
        .orElseGet(() -> recorder.poolColumns().columns(endNanos));
  }

  private Optional<Share> busiestLink(HostSpec host) {
    List<Columns> links = new ArrayList<>();
    for (PifSpec pif : host.pifs()) {
      recorder
          .level("pif.utilisation", host.name() + "/" + pif.device(), endNanos)
          .ifPresent(links::add);
    }
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(Share.of(Columns.highest(links), run.saturation().link()));
  }

  // Counts and timeline

  private List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    long lost = pool.hosts().stream().filter(host -> !host.isUp()).count();
    counts.add(
        new Count(
            pool.hosts().size(),
            Unit.COUNT,
            (pool.hosts().size() == 1 ? "host" : "hosts")
                + (lost == 0 ? "" : ", " + lost + " lost")));
    long running = pool.vms().stream().filter(vm -> vm.state() == VmState.RUNNING).count();
    counts.add(
        new Count(
            pool.vms().size(),
            Unit.COUNT,
            running == pool.vms().size()
                ? "VMs, all up at the end"
                : "VMs, " + running + " up at the end"));
    long starts =
        recorder.events().stream()
            .filter(event -> event.kind() == PoolEvent.Kind.VM_STARTING)
            .count();
    if (starts > 0) {
      counts.add(new Count(starts, Unit.COUNT, "VM starts, " + course.refused() + " refused"));
    }
    percentile("vm.boot_time", 95, "boot time p95").ifPresent(counts::add);
    percentile("request.response_time", 95, "response time p95").ifPresent(counts::add);
    percentile("vbd.read_latency", 99, "read latency p99").ifPresent(counts::add);
    if (counts.size() < 6) {
      values("vm.cpu_wait")
          .ifPresent(
              wait -> counts.add(new Count(wait.percentile(95), Unit.FRACTION, "vCPU wait p95")));
    }
    return counts.size() > 6 ? counts.subList(0, 6) : counts;
  }

  private Optional<Count> percentile(String metric, double percentile, String label) {
    return values(metric)
        .map(values -> new Count(values.percentile(percentile) * 1e-9, Unit.SECONDS, label));
  }

  private Optional<MetricSeries.Values> values(String metric) {
    return pool.metrics()
        .find(metric)
        .map(MetricSeries::values)
        .filter(values -> values.count() > 0);
  }

  private List<Plot> timeline(List<HostResult> hosts, List<Plot> disks) {
    List<Plot> plots = new ArrayList<>();
    plots.add(course.virtualMachines());
    plots.add(
        Plot.highestAndLowest(
                "dom0 CPU, % of its vCPUs",
                Unit.FRACTION,
                "host",
                hosts.stream().map(host -> host.dom0Cpu().columns()).toList())
            .limited("threshold", run.saturation().dom0Cpu()));
    plots.add(
        Plot.highestAndLowest(
                "Guest CPU, % of what dom0 leaves",
                Unit.FRACTION,
                "host",
                hosts.stream().map(host -> host.guestCpu().columns()).toList())
            .limited("threshold", run.saturation().guestCpu()));
    plots.addAll(disks);
    return plots;
  }

  // CPU and memory

  private CpuDetail cpu() {
    List<CpuDetail.VmWait> waits = new ArrayList<>();
    for (PoolVm vm : pool.vms()) {
      recorder
          .level("vm.cpu_wait", vm.name(), endNanos)
          .ifPresent(
              wait ->
                  waits.add(
                      new CpuDetail.VmWait(
                          vm.name(), course.lastHost(vm), Share.of(wait, waitLimit()))));
    }
    waits.sort(
        Comparator.comparingDouble((CpuDetail.VmWait wait) -> -wait.share().columns().meanOfMeans())
            .thenComparing(CpuDetail.VmWait::vm));
    HostSpec first = run.pool().hosts().get(0);
    boolean alike =
        run.pool().hosts().stream()
            .allMatch(
                host ->
                    host.cpu().equals(first.cpu()) && host.dom0().vcpus() == first.dom0().vcpus());
    String sentence =
        alike
            ? "dom0 has "
                + first.dom0().vcpus()
                + " vCPUs of "
                + first.cpu().pcpus()
                + " hardware threads on each host and competes with the guests under the "
                + first.cpu().scheduler()
                + " scheduler."
            : "dom0 competes with the guests of its host under the host's scheduler.";
    return new CpuDetail(
        sentence, List.copyOf(waits.subList(0, Math.min(10, waits.size()))), Optional.empty());
  }

  /** The limit of an objective on vCPU wait, or the share at which a guest is taken to feel it. */
  private double waitLimit() {
    return run.objectives().stream()
        .filter(objective -> objective.metric().equals("vm.cpu_wait"))
        .mapToDouble(ObjectiveSpec::limit)
        .findFirst()
        .orElse(0.05);
  }

  private List<Latency> latencies() {
    List<Latency> result = new ArrayList<>();
    for (Map.Entry<String, LatencyRecorder> entry : recorder.latencies().entrySet()) {
      ObjectiveSpec objective =
          run.objectives().stream()
              .filter(
                  each ->
                      each.metric().equals(entry.getKey())
                          && each.statistic() == ObjectiveSpec.Statistic.PERCENTILE)
              .findFirst()
              .orElse(null);
      result.add(
          entry
              .getValue()
              .latency(
                  MetricWords.title(entry.getKey()),
                  entry.getKey(),
                  objective == null
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(objective.limit() * 1e-9),
                  objective == null
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(objective.percentile())));
    }
    return result;
  }

  // Facts

  private RunFacts facts(long events, String audit, String version) {
    ValidationFigures figures = new ValidationFigures();
    List<RunFacts.Fidelity> fidelity = new ArrayList<>();
    fidelity.add(
        new RunFacts.Fidelity(
            "CPU", cpuLevels(), figures.cpu(cpuLevels(), cpuSchedulers(), wholeUnits())));
    fidelity.add(new RunFacts.Fidelity("memory", "ballooned", figures.memory()));
    if (!run.pool().arrays().isEmpty()) {
      fidelity.add(new RunFacts.Fidelity("storage", "capacity", ""));
    }
    if (run.pool().hosts().stream().anyMatch(host -> !host.pifs().isEmpty())) {
      fidelity.add(new RunFacts.Fidelity("network", "capacity", ""));
    }
    List<String> remarks = new ArrayList<>();
    if (run.faults().isEmpty()) {
      remarks.add("No faults were injected.");
    }
    remarks.add(
        run.pool().ha().enabled()
            ? "HA is configured, but no fencing policy is simulated yet."
            : "HA is off.");
    long turnedAway = pool.metrics().refusedRequests();
    if (turnedAway > 0) {
      remarks.add(turnedAway + " requests were turned away because too many were outstanding.");
    }
    return new RunFacts(
        fidelity,
        scenario.defaulted().size(),
        scenario.settings(),
        // Which of them the verdict depends on is not measured, so none is named.
        List.of(),
        List.of(),
        "poolsim " + version,
        "XCP-ng 8.3",
        events,
        audit,
        sha256(scenario.text()),
        scenario.text(),
        scenario.overrides(),
        remarks);
  }

  private String cpuLevels() {
    List<String> levels =
        run.pool().hosts().stream()
            .map(HostSpec::fidelity)
            .map(FidelitySpec::cpu)
            .map(level -> level.name().toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
    return String.join(" and ", levels);
  }

  private List<String> cpuSchedulers() {
    return run.pool().hosts().stream()
        .map(host -> host.cpu().scheduler())
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> wholeUnits() {
    return run.pool().hosts().stream()
        .filter(host -> host.fidelity().cpu() == Fidelity.DETAILED)
        .map(host -> host.cpu().detailed().granularity())
        .filter(granularity -> granularity != SchedulingGranularity.CPU)
        .map(granularity -> granularity.name().toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .toList();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  /** Returns columns for a course put together from events. */
  static Columns stepwise(ColumnsRecorder columns, List<long[]> changes, long endNanos) {
    long from = 0;
    double value = 0;
    for (long[] change : changes) {
      columns.held(from, change[0], value);
      from = change[0];
      value = change[1];
    }
    columns.held(from, endNanos, value);
    return columns.columns(endNanos);
  }
}
