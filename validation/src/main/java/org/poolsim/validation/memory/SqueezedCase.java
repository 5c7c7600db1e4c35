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

/** One configuration of {@code squeezed} or {@code squeezed-periodic}, and its replay. */
final class SqueezedCase {
  private static final int TRACED_DOMAINS = 4;
  private static final int PAUSES_PER_TICK = 10;

  final String id;
  private final String op;
  private final long arg1;
  private final long arg2;
  private final long maxIterations;
  private final RecordedHost host;
  private final SqueezedSettings settings;
  private final HostSnapshot snapshot = new HostSnapshot();
  private final ArrayNode phases = CaseJson.MAPPER.createArrayNode();
  private long idealKib;

  SqueezedCase(CaseFile.Field field, List<String> operations) {
    id = field.text("id");
    op = field.oneOf("op", operations);
    arg1 = field.amount("arg1_kib");
    arg2 = field.amount("arg2_kib");
    maxIterations = field.amount("max_iterations");
    settings =
        SqueezedSettings.of(ToolstackVersion.SINCE_2026)
            .withFreeTarget(field.amount("target_host_free_kib"), field.amount("tolerance_kib"));
    List<RecordedDomain> domains = new ArrayList<>();
    for (CaseFile.Field domain : field.get("domains").elements()) {
      domains.add(new RecordedDomain(domain));
    }
    domains.sort(Comparator.comparingInt(domain -> domain.domid));
    for (int i = 1; i < domains.size(); i++) {
      if (domains.get(i).domid == domains.get(i - 1).domid) {
        field.wrong("domid " + domains.get(i).domid + " is there twice");
      }
    }
    host = new RecordedHost(domains, field.number("step_s"), field.amount("host_free_kib"));
  }

  /** Replays the case, once; returns what the recording calls {@code expected}. */
  ObjectNode replay() {
    ObjectNode simulated = CaseJson.MAPPER.createObjectNode();
    simulated.put("unbalanced_before", isUnbalanced());
    switch (op) {
      case "reserve" -> reserve();
      case "reserve_range" -> reserveRange();
      case "balance" -> balance();
      case "start_vm" -> startVm();
      case "reserve_then_balance" -> reserveThenBalance();
      default -> ticks();
    }
    if (op.equals("reserve_range") || op.equals("start_vm")) {
      simulated.put("range_ideal_kib", idealKib);
    }
    simulated.set("phases", phases);
    return simulated;
  }

  private void startVm() {
    SqueezeCall call = reserveRange();
    if (call.result() == SqueezeCall.Result.SUCCESS) {
      host.take(call.amountKib());
      balance();
    }
  }

  private void reserveThenBalance() {
    if (reserve().result() == SqueezeCall.Result.SUCCESS) {
      host.take(arg1);
    }
    balance();
  }

  private void ticks() {
    for (long tick = 0; tick < arg1; tick++) {
      for (int i = 0; i < PAUSES_PER_TICK; i++) {
        host.pause();
      }
      if (isUnbalanced()) {
        balance();
      } else {
        ObjectNode phase = phases.addObject();
        phase.put("phase", "idle");
        end(phase);
      }
    }
  }

  private boolean isUnbalanced() {
    host.look(snapshot);
    return new SqueezeCall(settings).isUnbalanced(host.nowSeconds(), snapshot);
  }

  private SqueezeCall reserve() {
    SqueezeCall call = new SqueezeCall(settings);
    call.beginReserve(host.nowSeconds(), arg1);
    return run("reserve", call);
  }

  private SqueezeCall reserveRange() {
    SqueezeCall call = new SqueezeCall(settings);
    call.beginReserveRange(host.nowSeconds(), arg1, arg2);
    run("reserve_range", call);
    idealKib = call.idealKib();
    return call;
  }

  private void balance() {
    SqueezeCall call = new SqueezeCall(settings);
    call.beginBalance(host.nowSeconds());
    run("balance", call);
  }

  private SqueezeCall run(String name, SqueezeCall call) {
    double start = host.nowSeconds();
    ArrayNode trace = CaseJson.MAPPER.createArrayNode();
    SqueezeCall.Step step;
    do {
      host.look(snapshot);
      trace(trace);
      step = call.advance(host.nowSeconds(), snapshot, host);
      if (step == SqueezeCall.Step.PAUSE) {
        host.pause();
      }
    } while (step != SqueezeCall.Step.DONE && call.iterations() < maxIterations);

    ObjectNode phase = phases.addObject();
    phase.put("phase", name);
    if (call.result() == null) {
      phase.put("result", "iteration_limit");
    } else {
      switch (call.result()) {
        case SUCCESS -> {
          phase.put("result", "success");
          if (name.equals("reserve_range")) {
            phase.put("amount_kib", call.amountKib());
          }
        }
        case CANNOT_FREE_THIS_MUCH_MEMORY -> {
          phase.put("result", "cannot_free_this_much_memory");
          phase.put("needed_kib", call.goalKib());
          phase.put("free_at_failure_kib", call.freeAtFailureKib());
        }
        case DOMAINS_REFUSED_TO_COOPERATE -> {
          phase.put("result", "domains_refused_to_cooperate");
          ArrayNode blamed = phase.putArray("blamed_domids");
          for (int domid : call.blamedDomids()) {
            blamed.add(domid);
          }
        }
      }
    }
    phase.put("iterations", call.iterations());
    phase.put("target_actions", call.targetActions());
    phase.put("t_start_s", start);
    end(phase);
    if (host.domains().size() <= TRACED_DOMAINS && !op.equals("periodic")) {
      phase.set("trace", trace);
    }
    return call;
  }

  private void end(ObjectNode phase) {
    phase.put("t_end_s", host.nowSeconds());
    phase.put("host_free_kib", host.freeKib());
    ArrayNode rows = phase.putArray("final");
    for (RecordedDomain domain : host.domains()) {
      rows.addArray()
          .add(domain.domid)
          .add(domain.targetKib)
          .add(domain.actualKib)
          .add(domain.maxmemKib);
    }
  }

  private void trace(ArrayNode trace) {
    if (host.domains().size() > TRACED_DOMAINS) {
      return;
    }
    ArrayNode row = trace.addArray().add(host.nowSeconds()).add(host.freeKib());
    ArrayNode pairs = row.addArray();
    for (RecordedDomain domain : host.domains()) {
      pairs.addArray().add(domain.targetKib).add(domain.actualKib);
    }
  }
}
