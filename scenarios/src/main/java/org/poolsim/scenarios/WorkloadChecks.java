// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolsim.pool.spec.Profiles;
import org.poolsim.pool.spec.RequestSpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.WorkloadSpec;
import org.poolsim.scenarios.language.Arrivals;
import org.poolsim.scenarios.language.Distribution;
import org.poolsim.scenarios.language.NamedWorkload;
import org.poolsim.scenarios.language.Request;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Step;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.language.Workload;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Position;
import org.poolsim.scenarios.yaml.Text;

/** What must fit together in workloads, and between them and the VMs that run them. */
final class WorkloadChecks {
  private static final int MAX_DEPTH = 16;

  private final Scenario scenario;
  private final Inventory inventory;
  private final HostChecks references;
  private final TraceFiles traces;
  private final Places places;
  private final Mistakes mistakes;
  private final Profiles profiles = new Profiles();

  WorkloadChecks(
      Scenario scenario,
      Inventory inventory,
      HostChecks references,
      TraceFiles traces,
      Places places,
      Mistakes mistakes) {
    this.scenario = scenario;
    this.inventory = inventory;
    this.references = references;
    this.traces = traces;
    this.places = places;
    this.mistakes = mistakes;
  }

  void check() {
    scenario
        .workloads()
        .forEach((name, named) -> check(named.is(), null, new ArrayList<>(List.of(name))));
    for (Vm vm : scenario.vms()) {
      if (vm.workload() != null) {
        check(vm.workload(), vm, new ArrayList<>());
      }
    }
  }

  /**
   * Checks workloads.
   *
   * @param vm the VM that runs them; {@code null} where they are defined
   * @param trail the named workloads that led here
   */
  private void check(List<Workload> workloads, Vm vm, List<String> trail) {
    Set<String> names = new HashSet<>();
    for (Workload workload : workloads) {
      String name = name(workload);
      if (name != null && !names.add(name)) {
        mistakes.add(
            places.of(workload, "name"),
            "there is another workload \"" + Text.shorten(name) + "\"");
      }
      check(workload, vm, trail);
    }
  }

  private static String name(Workload workload) {
    if (workload instanceof Workload.Constant w) {
      return w.name();
    } else if (workload instanceof Workload.Requests w) {
      return w.name();
    } else if (workload instanceof Workload.Trace w) {
      return w.name();
    } else if (workload instanceof Workload.Bursty w) {
      return w.name();
    }
    return null;
  }

  private void check(Workload workload, Vm vm, List<String> trail) {
    if (workload instanceof Workload.Profile profile) {
      profile(profile, vm, trail);
    } else if (workload instanceof Workload.Trace trace) {
      vcpus(workload, trace.vcpus(), vm);
      if (vm != null && vm.name() != null && trace.trace() != null) {
        traces.prepare(trace, inventory.names(vm.name()).size());
      }
    } else if (workload instanceof Workload.Requests requests) {
      requests(requests, vm);
    } else if (workload instanceof Workload.Levels levels) {
      vcpus(workload, levels.vcpus(), vm);
      if (levels.levels().isEmpty() && places.sound(levels, "levels")) {
        mistakes.add(places.of(levels, "levels"), "levels: the list is empty");
      }
    } else if (workload instanceof Workload.Periodic periodic) {
      vcpus(workload, periodic.vcpus(), vm);
      Workload.Sine sine = periodic.periodic();
      if (sine != null
          && sine.step() != null
          && places.sound(sine, "period")
          && sine.step() > sine.period()) {
        mistakes.add(places.of(sine, "step"), "step: longer than the period");
      }
    } else if (workload instanceof Workload.Constant constant) {
      vcpus(workload, constant.vcpus(), vm);
    } else if (workload instanceof Workload.Stochastic stochastic) {
      vcpus(workload, stochastic.vcpus(), vm);
    } else if (workload instanceof Workload.Bursty bursty) {
      vcpus(workload, bursty.vcpus(), vm);
      if (bursty.bursty() != null) {
        distribution(bursty.bursty().onTime());
        distribution(bursty.bursty().offTime());
        if (alwaysZero(bursty.bursty().onTime()) && alwaysZero(bursty.bursty().offTime())) {
          mistakes.add(places.of(bursty.bursty()), "bursty: on_time and off_time are both 0");
        }
      }
    }
  }

  private boolean alwaysZero(Distribution distribution) {
    if (distribution instanceof Distribution.Constant d) {
      return d.constant() == 0 && places.sound(d, "constant");
    } else if (distribution instanceof Distribution.Uniform d) {
      return d.uniform() != null && d.uniform().high() == 0;
    } else if (distribution instanceof Distribution.Choice d && d.choice() != null) {
      return !d.choice().values().isEmpty()
          && places.sound(d.choice(), "values")
          && d.choice().values().stream().allMatch(value -> value == 0);
    }
    return false;
  }

  private void vcpus(Workload workload, Integer vcpus, Vm vm) {
    if (vcpus != null && vm != null && vm.vcpus() > 0 && vcpus > vm.vcpus()) {
      mistakes.add(places.of(workload, "vcpus"), "vcpus: " + vcpus + ", the VM has " + vm.vcpus());
    }
  }

  private void profile(Workload.Profile profile, Vm vm, List<String> trail) {
    references.reference(profile, "profile", profile.profile(), inventory.profiles, "profile");
    NamedWorkload own = scenario.workloads().get(profile.profile());
    if (own != null) {
      if (trail.contains(profile.profile()) || trail.size() > MAX_DEPTH) {
        mistakes.add(
            places.of(profile, "profile"),
            "workloads use each other: "
                + String.join(" uses ", trail)
                + " uses "
                + profile.profile());
        return;
      }
      List<String> longer = new ArrayList<>(trail);
      longer.add(profile.profile());
      check(own.is(), vm, longer);
    } else if (vm != null && profiles.names().contains(profile.profile())) {
      for (WorkloadSpec spec : profiles.workloads(profile.profile())) {
        if (spec instanceof WorkloadSpec.Requests requests) {
          for (RequestSpec request : requests.requests()) {
            needs(
                request.steps(), vm, places.of(profile, "profile"), "profile " + profile.profile());
          }
        }
      }
    }
  }

  private void requests(Workload.Requests requests, Vm vm) {
    Position place = places.of(requests);
    if ((requests.clients() == null) == (requests.arrivals() == null)
        && places.sound(requests, "clients")
        && places.sound(requests, "arrivals")) {
      mistakes.add(
          place, "requests come from clients or as arrivals, expected one of the two keys");
    }
    if (requests.think() != null && requests.clients() == null) {
      mistakes.add(places.of(requests, "think"), "think: only clients think");
    }
    if ((requests.steps() == null) == (requests.requests() == null)
        && places.sound(requests, "steps")
        && places.sound(requests, "requests")) {
      mistakes.add(place, "expected either steps or requests");
    }
    if (requests.arrivals() instanceof Arrivals.Recorded recorded
        && vm != null
        && vm.name() != null
        && recorded.trace() != null) {
      traces.prepare(recorded, inventory.names(vm.name()).size());
    }
    distribution(requests.think());
    if (requests.arrivals() instanceof Arrivals.TimeBetween times) {
      distribution(times.between());
      if (alwaysZero(times.between())) {
        mistakes.add(places.of(times, "between"), "between: no time at all between arrivals");
      }
    }
    if (requests.clients() != null && standsStill(requests)) {
      mistakes.add(
          places.of(requests, "clients"),
          "clients: neither they nor their requests take any time, expected a think time or a step"
              + " above 0");
    }
    if (requests.steps() != null) {
      steps(requests, "steps", requests.steps(), vm);
    }
    if (requests.requests() != null
        && requests.requests().isEmpty()
        && places.sound(requests, "requests")) {
      mistakes.add(places.of(requests, "requests"), "requests: the list is empty");
    }
    Set<String> names = new HashSet<>();
    for (Request request : requests.requests() == null ? List.<Request>of() : requests.requests()) {
      if (request.name() != null && !names.add(request.name())) {
        mistakes.add(
            places.of(request, "name"),
            "there is another request \"" + Text.shorten(request.name()) + "\"");
      }
      steps(request, "steps", request.steps(), vm);
    }
  }

  /** Whether clients send one request after the other for ever, without simulated time passing. */
  private boolean standsStill(Workload.Requests requests) {
    if (requests.think() != null && !alwaysZero(requests.think())) {
      return false;
    }
    if (requests.requests() != null) {
      return !requests.requests().isEmpty()
          && requests.requests().stream().allMatch(request -> noTime(request.steps()));
    }
    return requests.steps() != null && noTime(requests.steps());
  }

  private boolean noTime(List<Step> steps) {
    return !steps.isEmpty() && steps.stream().allMatch(this::noTime);
  }

  private boolean noTime(Step step) {
    if (step instanceof Step.CpuStep cpu) {
      return alwaysZero(cpu.cpu());
    } else if (step instanceof Step.Think think) {
      return alwaysZero(think.think());
    } else if (step instanceof Step.Repeat repeat) {
      return noTime(repeat.steps());
    } else if (step instanceof Step.Parallel parallel) {
      return !parallel.parallel().isEmpty() && parallel.parallel().stream().allMatch(this::noTime);
    }
    return false;
  }

  private void steps(Object owner, String key, List<Step> steps, Vm vm) {
    if (steps.isEmpty() && places.sound(owner, key)) {
      mistakes.add(places.of(owner, key), key + ": the list is empty");
    }
    steps.forEach(step -> step(step, vm));
  }

  private void step(Step step, Vm vm) {
    if (step instanceof Step.Read read) {
      disk(read, read.disk(), vm);
      distribution(read.read());
    } else if (step instanceof Step.Write write) {
      disk(write, write.disk(), vm);
      distribution(write.write());
    } else if (step instanceof Step.Send send) {
      vif(send, send.vif(), vm);
      distribution(send.send());
    } else if (step instanceof Step.Receive receive) {
      vif(receive, receive.vif(), vm);
      distribution(receive.receive());
    } else if (step instanceof Step.Parallel parallel) {
      if (parallel.parallel().isEmpty() && places.sound(parallel, "parallel")) {
        mistakes.add(places.of(parallel, "parallel"), "parallel: the list is empty");
      }
      for (List<Step> branch : parallel.parallel()) {
        steps(parallel, "parallel", branch, vm);
      }
    } else if (step instanceof Step.Repeat repeat) {
      steps(repeat, "steps", repeat.steps(), vm);
    } else if (step instanceof Step.CpuStep cpu) {
      distribution(cpu.cpu());
    } else if (step instanceof Step.Think think) {
      distribution(think.think());
    }
  }

  private void distribution(Distribution distribution) {
    if (distribution instanceof Distribution.Choice choice && choice.choice() != null) {
      Distribution.ChoiceShape shape = choice.choice();
      if (shape.values().isEmpty() && places.sound(shape, "values")) {
        mistakes.add(places.of(shape, "values"), "values: the list is empty");
      } else if (shape.weights() != null
          && places.sound(shape, "weights")
          && places.sound(shape, "values")
          && shape.weights().size() != shape.values().size()) {
        mistakes.add(
            places.of(shape, "weights"),
            "weights: "
                + shape.weights().size()
                + " for "
                + shape.values().size()
                + " values, expected as many");
      }
    } else if (distribution != null) {
      positive(distribution);
    }
  }

  private void positive(Distribution distribution) {
    double mean = 1;
    Object record = distribution;
    String key = "mean";
    if (distribution instanceof Distribution.Exponential d) {
      mean = d.exponential();
      key = "exponential";
    } else if (distribution instanceof Distribution.Erlang d && d.erlang() != null) {
      mean = d.erlang().mean();
      record = d.erlang();
    } else if (distribution instanceof Distribution.Lognormal d && d.lognormal() != null) {
      mean = d.lognormal().mean();
      record = d.lognormal();
    } else if (distribution instanceof Distribution.Pareto d && d.pareto() != null) {
      mean = d.pareto().minimum();
      record = d.pareto();
      key = "minimum";
    }
    if (mean == 0 && places.sound(record, key)) {
      mistakes.add(places.of(record, key), key + ": expected more than 0");
    }
  }

  private void disk(Step step, String device, Vm vm) {
    if (vm == null) {
      return;
    }
    Set<String> devices = VmAssembly.devices(vm);
    if (devices.isEmpty()) {
      mistakes.add(places.of(step), "the step uses a disk, the VM has none");
    } else if (device != null && !devices.contains(device)) {
      references.unknown(places.of(step, "disk"), device, devices, "disk");
    }
  }

  private void vif(Step step, Integer number, Vm vm) {
    if (vm == null) {
      return;
    }
    Set<Integer> numbers = vifNumbers(vm);
    if (numbers.isEmpty()) {
      mistakes.add(places.of(step), "the step uses the network, the VM has no VIF");
    } else if (number != null && !numbers.contains(number)) {
      mistakes.add(
          places.of(step, "vif"),
          "vif: the VM has no VIF " + number + ", expected one of " + numbers);
    }
  }

  private static Set<Integer> vifNumbers(Vm vm) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (int i = 0; i < vm.vifs().size(); i++) {
      Integer device = vm.vifs().get(i).device();
      numbers.add(device == null ? i : device);
    }
    return numbers;
  }

  private void needs(List<StepSpec> steps, Vm vm, Position place, String what) {
    for (StepSpec step : steps) {
      if (step instanceof StepSpec.Parallel parallel) {
        parallel.branches().forEach(branch -> needs(branch, vm, place, what));
      } else if (step instanceof StepSpec.Repeat repeat) {
        needs(repeat.steps(), vm, place, what);
      } else if (step instanceof StepSpec.Read || step instanceof StepSpec.Write) {
        if (vm.disks().isEmpty() && places.sound(vm, "disks")) {
          mistakes.add(place, what + " uses a disk, the VM has none");
        }
      } else if ((step instanceof StepSpec.Send || step instanceof StepSpec.Receive)
          && vm.vifs().isEmpty()
          && places.sound(vm, "vifs")) {
        mistakes.add(place, what + " uses the network, the VM has no VIF");
      }
    }
  }
}
