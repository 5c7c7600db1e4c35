// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolEvent;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.Unit;

/**
 * What the events of a run add up to: how many VMs ran when and where, bursts of starts, what
 * faults did.
 */
final class PoolCourse {
  /** Starts that follow each other within this time are one burst. */
  private static final long BURST_NANOS = 60_000_000_000L;

  private final Pool pool;
  private final RunRecorder recorder;
  private final long endNanos;
  private final Map<String, Long> diedNanos = new LinkedHashMap<>();
  private final Map<String, Set<String>> hosts = new HashMap<>();
  private final List<long[]> running = new ArrayList<>();
  private final List<long[]> booting = new ArrayList<>();
  private long refused;
  private long delayed;

  PoolCourse(Pool pool, RunRecorder recorder, long endNanos) {
    this.pool = pool;
    this.recorder = recorder;
    this.endNanos = endNanos;
    replay();
  }

  private void replay() {
    Set<String> up = new HashSet<>();
    Set<String> coming = new HashSet<>();
    Set<String> waiting = new HashSet<>();
    Set<String> refusedAtOnce = new HashSet<>();
    for (PoolEvent event : recorder.events()) {
      if (event.kind() == PoolEvent.Kind.START_REFUSED && event.atNanos() == 0) {
        refusedAtOnce.add(event.entity());
      }
    }
    for (PoolVm vm : pool.vms()) {
      if (vm.spec().powerState() == PowerState.RUNNING && !refusedAtOnce.contains(vm.name())) {
        up.add(vm.name());
      }
    }
    running.add(new long[] {0, up.size()});
    for (PoolEvent event : recorder.events()) {
      String vm = event.entity();
      switch (event.kind()) {
        case VM_STARTING -> {
          coming.add(vm);
          hosts.computeIfAbsent(vm, key -> new LinkedHashSet<>()).add(hostIn(event.text()));
        }
        case VM_RUNNING -> {
          coming.remove(vm);
          waiting.remove(vm);
          up.add(vm);
        }
        case VM_HALTED, VM_CRASHED -> {
          coming.remove(vm);
          up.remove(vm);
          waiting.remove(vm);
        }
        case START_GIVEN_UP -> {
          coming.remove(vm);
          waiting.remove(vm);
          refused++;
        }
        case START_REFUSED -> refused++;
        case HOST_CRASHED -> diedNanos.putIfAbsent(vm, event.atNanos());
        case MEMORY_REFUSED -> {
          if (waiting.add(vm)) {
            delayed++;
          }
        }
        case VM_RESCHEDULED,
            VM_MEMORY_RANGE,
            MEMORY_RANGE_REFUSED,
            VM_UNCOOPERATIVE,
            VM_COOPERATIVE -> {
          // It runs on.
        }
      }
      running.add(new long[] {event.atNanos(), up.size()});
      booting.add(new long[] {event.atNanos(), coming.size()});
    }
  }

  private static String hostIn(String text) {
    int on = text.lastIndexOf(" on ");
    return on < 0 ? "" : text.substring(on + 4);
  }

  long refused() {
    return refused;
  }

  /** Returns the starts that squeezed refused at first. */
  long delayed() {
    return delayed;
  }

  /** Returns when a host was not there. */
  List<Period> absent(String host) {
    Long died = diedNanos.get(host);
    return died == null ? List.of() : List.of(new Period(died, endNanos));
  }

  /** Returns the hosts that a VM ran on, in order. */
  List<String> hostsOf(PoolVm vm) {
    Set<String> known = hosts.get(vm.name());
    if (known != null) {
      return List.copyOf(known);
    }
    if (vm.host() != null) {
      return List.of(vm.host().name());
    }
    return vm.spec().host() != null && vm.spec().powerState() == PowerState.RUNNING
        ? List.of(vm.spec().host())
        : List.of();
  }

  /** Returns the last host that a VM ran on; empty if it never did. */
  String lastHost(PoolVm vm) {
    List<String> all = hostsOf(vm);
    return all.isEmpty() ? "" : all.get(all.size() - 1);
  }

  Plot virtualMachines() {
    Columns up = ResultBuilder.stepwise(recorder.poolColumns(), running, endNanos);
    Columns coming = ResultBuilder.stepwise(recorder.poolColumns(), booting, endNanos);
    return Plot.of(
        "Virtual machines",
        Unit.COUNT,
        List.of(
            new Plot.Line("running", Plot.Style.LINE, up),
            new Plot.Line("starting", Plot.Style.LINE, coming)));
  }

  /** Returns the events for people: bursts of starts as one, faults with what became of them. */
  List<RunEvent> events() {
    List<RunEvent> result = new ArrayList<>();
    List<PoolEvent> all = recorder.events();
    long burstFrom = -1;
    long burstTo = -1;
    int burst = 0;
    long refusals = 0;
    Set<PoolEvent.Kind> told = EnumSet.noneOf(PoolEvent.Kind.class);
    for (int i = 0; i < all.size(); i++) {
      PoolEvent event = all.get(i);
      switch (event.kind()) {
        case VM_STARTING -> {
          if (burst > 0 && event.atNanos() - burstTo > BURST_NANOS) {
            result.add(burst(burstFrom, burstTo, burst));
            burst = 0;
          }
          if (burst == 0) {
            burstFrom = event.atNanos();
          }
          burstTo = event.atNanos();
          burst++;
        }
        case HOST_CRASHED -> result.add(hostCrash(event));
        case VM_CRASHED -> {
          if (!diedWithHost(event)) {
            result.add(
                RunEvent.at(event.atNanos(), RunEvent.Kind.FAULT, event.entity(), event.text()));
          }
        }
        case MEMORY_REFUSED, VM_UNCOOPERATIVE -> {
          if (told.add(event.kind())) {
            long tries = count(event.kind());
            result.add(
                RunEvent.at(event.atNanos(), RunEvent.Kind.ALERT, event.entity(), event.text())
                    .ended(tries == 1 ? "once" : tries + " times in all, see events.jsonl"));
          }
        }
        case VM_COOPERATIVE -> {
          // Told by the first that was not.
        }
        case VM_HALTED, VM_RESCHEDULED, VM_MEMORY_RANGE, MEMORY_RANGE_REFUSED ->
            result.add(
                RunEvent.at(event.atNanos(), RunEvent.Kind.OTHER, event.entity(), event.text()));
        case START_REFUSED, START_GIVEN_UP -> {
          if (refusals++ == 0) {
            result.add(
                RunEvent.at(event.atNanos(), RunEvent.Kind.ALERT, event.entity(), event.text())
                    .ended(
                        refused == 1
                            ? "the only start refused"
                            : refused + " starts refused in all"));
          }
        }
        case VM_RUNNING -> {
          // Told by the burst that it belongs to.
        }
      }
    }
    if (burst > 0) {
      result.add(burst(burstFrom, burstTo, burst));
    }
    result.sort((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
    return result;
  }

  private long count(PoolEvent.Kind kind) {
    return recorder.events().stream().filter(event -> event.kind() == kind).count();
  }

  private static RunEvent burst(long from, long to, int count) {
    return new RunEvent(
        from,
        RunEvent.Kind.STARTS,
        "",
        count == 1 ? "1 start" : count + " starts",
        "",
        to > from ? OptionalLong.of(to) : OptionalLong.empty());
  }

  private boolean diedWithHost(PoolEvent crash) {
    return diedNanos.values().stream().anyMatch(at -> at == crash.atNanos());
  }

  private RunEvent hostCrash(PoolEvent crash) {
    Set<String> lost = new LinkedHashSet<>();
    Set<String> back = new LinkedHashSet<>();
    for (PoolEvent event : recorder.events()) {
      if (event.atNanos() == crash.atNanos() && event.kind() == PoolEvent.Kind.VM_CRASHED) {
        lost.add(event.entity());
      } else if (event.atNanos() > crash.atNanos()
          && event.kind() == PoolEvent.Kind.VM_RUNNING
          && lost.contains(event.entity())) {
        back.add(event.entity());
      }
    }
    String outcome =
        lost.isEmpty()
            ? "no VM was on it"
            : back.size() + " of " + lost.size() + " VMs working again by the end";
    return RunEvent.at(
            crash.atNanos(), RunEvent.Kind.FAULT, crash.entity(), crash.entity() + " died")
        .ended(outcome);
  }
}
