// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.poolsim.memory.HostSnapshot;
import org.poolsim.memory.SqueezeCall;
import org.poolsim.memory.SqueezedSettings;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.validation.CaseJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One scenario of the daemon's own test-suite: memory for a VM is freed, the VM takes its part, and
 * what is left is handed out. Its host differs from {@link RecordedHost}: a growth that the host
 * cannot serve ends the scenario, and limits are reached by assignment.
 */
final class SuiteScenario {
  private static final List<String> SWITCHES =
      List.of("disable_two_phase", "disable_inaccuracy_compensation");

  /** The suite hands out memory until no more than this is free. */
  private static final long LEFT_OVER_KIB = 32;

  private static final long TAKEN_KIB = 500;

  final String name;
  private final long requiredKib;
  private final SqueezedSettings settings;
  private final List<RecordedDomain> domains = new ArrayList<>();
  private final HostSnapshot snapshot = new HostSnapshot();
  private final ArrayNode rows = CaseJson.MAPPER.createArrayNode();
  private long freeKib;
  private int waits;

  SuiteScenario(CaseFile.Field field) {
    name = field.text("name");
    requiredKib = field.amount("required_kib");
    freeKib = field.amount("host_free_kib");
    SqueezedSettings chosen =
        SqueezedSettings.of(ToolstackVersion.SINCE_2026).withFreeTarget(requiredKib, 0);
    for (CaseFile.Field debug : field.get("debug_switches").elements()) {
      String text = debug.json().asString();
      if (!SWITCHES.contains(text)) {
        debug.wrong("expected one of " + SWITCHES + ", found " + debug.json());
      }
      chosen =
          text.equals(SWITCHES.get(0))
              ? chosen.withoutTwoPhase()
              : chosen.withoutInaccuracyCompensation();
    }
    settings = chosen;
    for (CaseFile.Field domain : field.get("domains").elements()) {
      domains.add(new RecordedDomain(domain));
    }
    domains.sort(Comparator.comparingInt(domain -> domain.domid));
  }

  /** Replays the scenario, once. */
  ObjectNode replay() {
    String observed;
    try {
      observed = free();
    } catch (EnvironmentFailure e) {
      observed = "env_failure " + e.getMessage();
    }
    ObjectNode result = CaseJson.MAPPER.createObjectNode();
    result.put("name", name);
    result.put("observed", observed);
    result.put("waits", waits);
    result.put("t_end_s", nowSeconds());
    result.set("rows", rows);
    return result;
  }

  private String free() throws EnvironmentFailure {
    SqueezeCall call = new SqueezeCall(settings);
    call.beginChange(nowSeconds(), requiredKib, requiredKib, Long.MAX_VALUE);
    String ended = run(call, requiredKib);
    if (!ended.equals("success")) {
      return ended;
    }
    freeKib -= TAKEN_KIB;
    call.beginChange(nowSeconds(), 0, Long.MIN_VALUE, LEFT_OVER_KIB + 1);
    return run(call, 0);
  }

  private String run(SqueezeCall call, long neededKib) throws EnvironmentFailure {
    SqueezeCall.Step step;
    do {
      snapshot.reset(freeKib);
      domains.forEach(domain -> domain.addTo(snapshot));
      step = call.advance(nowSeconds(), snapshot, this::write);
      if (step == SqueezeCall.Step.PAUSE) {
        pause();
      }
    } while (step != SqueezeCall.Step.DONE);
    return switch (call.result()) {
      case SUCCESS -> isFree(neededKib) ? "success" : "memory_not_freed " + neededKib;
      case CANNOT_FREE_THIS_MUCH_MEMORY ->
          "cannot_free_this_much_memory " + call.goalKib() + " " + call.freeAtFailureKib();
      case DOMAINS_REFUSED_TO_COOPERATE -> refused(call.blamedDomids());
    };
  }

  private static String refused(int[] domids) {
    StringBuilder text = new StringBuilder("domains_refused_to_cooperate");
    for (int domid : domids) {
      text.append(' ').append(domid);
    }
    return text.toString();
  }

  /** Whether enough stays free even if all balloons end at the upper edge of their accuracy. */
  private boolean isFree(long neededKib) {
    long free = freeKib;
    for (RecordedDomain domain : domains) {
      free -= domain.targetKib + domain.inaccuracyKib - domain.actualKib;
    }
    return free >= neededKib;
  }

  private void write(int domid, long kib) {
    for (RecordedDomain domain : domains) {
      if (domain.domid == domid) {
        domain.write(kib);
      }
    }
  }

  private double nowSeconds() {
    return waits / 10.0;
  }

  private void pause() throws EnvironmentFailure {
    double from = nowSeconds();
    double to = (waits + 1) / 10.0;
    for (RecordedDomain domain : domains) {
      move(domain, from, to);
    }
    waits++;
    ArrayNode row = rows.addArray().add(nowSeconds()).add(freeKib);
    domains.forEach(domain -> row.add(domain.actualKib).add(domain.targetKib));
  }

  private void move(RecordedDomain domain, double from, double to) throws EnvironmentFailure {
    boolean moves =
        switch (domain.kind) {
          case "stuck" -> false;
          case "intermittent" ->
              Math.floor(from / domain.param) % 2 == 0 && Math.floor(to / domain.param) % 2 == 0;
          case "delayed" -> from >= domain.param;
          default -> true;
        };
    long most = domain.canBalloon && moves ? (long) ((to - from) * domain.rateKibPerSecond) : 0;
    long distance = Math.abs(domain.targetKib - domain.actualKib);
    long move = Math.min(Math.max(0, distance - domain.inaccuracyKib), most);
    long proposed = domain.actualKib + (domain.actualKib > domain.targetKib ? -move : move);
    long limit = (long) domain.param;
    if (domain.kind.equals("lower_limit") && proposed <= domain.actualKib && proposed <= limit) {
      proposed = limit;
    }
    if (domain.kind.equals("upper_limit") && proposed >= limit) {
      proposed = limit;
    }
    long delta = proposed - domain.actualKib;
    if (delta > freeKib) {
      throw new EnvironmentFailure(
          "Attempted to allocate more than host_free_mem domid = "
              + domain.domid
              + "; delta = "
              + delta
              + "; free = "
              + freeKib);
    }
    domain.actualKib = proposed;
    freeKib -= delta;
  }

  /** The recorded host gave up. */
  private static final class EnvironmentFailure extends Exception {
    private static final long serialVersionUID = 1L;

    EnvironmentFailure(String message) {
      super(message);
    }
  }
}
