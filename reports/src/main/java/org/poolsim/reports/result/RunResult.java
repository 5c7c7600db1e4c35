// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A finished run. It holds no wall clock, path or machine name: the same run gives the same result.
 *
 * @param identity which run
 * @param ending how it ended
 * @param objectives in the scenario's order
 * @param lanes one per resource, in the order in which people ask for them; {@link #lanesByFirst()}
 *     sorts
 * @param events in order of time
 * @param counts at most six, for "pool at a glance"
 * @param hosts in the scenario's order
 * @param vms all VMs
 * @param timeline plots of the pool over the run's clock, in order
 * @param cpu empty when no CPU model ran
 * @param memory empty when no memory model ran
 * @param storage empty when no disk was used
 * @param network empty when no NIC was used
 * @param latencies histograms of response times and latencies
 * @param alarms how often each variable raised alarms, over all replications
 * @param facts the run's conditions
 */
public record RunResult(
    Identity identity,
    Ending ending,
    List<Objective> objectives,
    List<Lane> lanes,
    List<RunEvent> events,
    List<Count> counts,
    List<HostResult> hosts,
    VmTable vms,
    List<Plot> timeline,
    Optional<CpuDetail> cpu,
    Optional<MemoryDetail> memory,
    Optional<StorageDetail> storage,
    Optional<NetworkDetail> network,
    List<Latency> latencies,
    List<AlarmRate> alarms,
    RunFacts facts) {
  public RunResult {
    objectives = List.copyOf(objectives);
    lanes = List.copyOf(lanes);
    events = List.copyOf(events);
    counts = List.copyOf(counts);
    hosts = List.copyOf(hosts);
    timeline = List.copyOf(timeline);
    latencies = List.copyOf(latencies);
    alarms = List.copyOf(alarms);
  }

  /**
   * Returns the lanes in the order in which they saturated; those that never did keep their order.
   */
  public List<Lane> lanesByFirst() {
    return lanes.stream().sorted(Comparator.comparingLong(Lane::firstNanos)).toList();
  }

  /** Returns the objectives, missed first, then those that were not measured, then those met. */
  public List<Objective> objectivesMissedFirst() {
    return objectives.stream()
        .sorted(
            Comparator.comparingInt(
                objective ->
                    switch (objective.verdict()) {
                      case MISSED -> 0;
                      case NOT_MEASURED -> 1;
                      case MET -> 2;
                    }))
        .toList();
  }

  /** Returns whether every objective was measured and met. */
  public boolean allMet() {
    return objectives.stream().allMatch(o -> o.verdict() == Objective.Verdict.MET);
  }
}
