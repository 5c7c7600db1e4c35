// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolsim.engine.random.Distribution;
import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.Profiles;
import org.poolsim.pool.spec.RequestSpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.WorkloadSpec;
import org.poolsim.scenarios.language.Arrivals;
import org.poolsim.scenarios.language.NamedWorkload;
import org.poolsim.scenarios.language.Request;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Step;
import org.poolsim.scenarios.language.Workload;

/** Workloads of the language as those of the pool. */
final class WorkloadAssembly {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int STEPS_OF_A_SINE = 288;

  private final Scenario scenario;
  private final TraceFiles traces;
  private final Profiles profiles = new Profiles();

  WorkloadAssembly(Scenario scenario, TraceFiles traces) {
    this.scenario = scenario;
    this.traces = traces;
  }

  /**
   * Returns what the index-th VM of an entry does.
   *
   * @param workloads as in the scenario
   */
  List<WorkloadSpec> of(List<Workload> workloads, int index) {
    List<WorkloadSpec> specs = new ArrayList<>();
    for (Workload workload : workloads) {
      add(workload, scenario.load(), index, specs);
    }
    return uniqueNames(specs);
  }

  private void add(Workload workload, double load, int index, List<WorkloadSpec> specs) {
    if (workload instanceof Workload.Profile profile) {
      NamedWorkload own = scenario.workloads().get(profile.profile());
      double factor = load * profile.load();
      if (own != null) {
        own.is().forEach(inner -> add(inner, factor, index, specs));
      } else {
        profiles
            .workloads(profile.profile())
            .forEach(spec -> specs.add(LoadFactor.of(spec, factor)));
      }
      return;
    }
    specs.add(LoadFactor.of(spec(workload, index), load));
  }

  private static List<WorkloadSpec> uniqueNames(List<WorkloadSpec> specs) {
    Set<String> names = new HashSet<>();
    List<WorkloadSpec> unique = new ArrayList<>();
    for (WorkloadSpec spec : specs) {
      String name = spec.name();
      for (int n = 2; !names.add(name); n++) {
        name = spec.name() + "-" + n;
      }
      unique.add(LoadFactor.named(spec, name));
    }
    return unique;
  }

  private WorkloadSpec spec(Workload workload, int index) {
    if (workload instanceof Workload.Constant w) {
      return new WorkloadSpec.Constant(name(w.name(), "constant"), vcpus(w.vcpus()), w.constant());
    } else if (workload instanceof Workload.Periodic w) {
      Workload.Sine sine = w.periodic();
      return new WorkloadSpec.Sine(
          name(w.name(), "periodic"),
          vcpus(w.vcpus()),
          sine.mean(),
          sine.amplitude(),
          sine.period(),
          sine.phase(),
          sine.step() != null ? sine.step() : Math.max(1, sine.period() / STEPS_OF_A_SINE));
    } else if (workload instanceof Workload.Levels w) {
      return new WorkloadSpec.Profile(
          name(w.name(), "levels"), vcpus(w.vcpus()), w.levels(), w.period(), w.phase());
    } else if (workload instanceof Workload.Bursty w) {
      return new WorkloadSpec.Bursty(
          name(w.name(), "bursty"),
          vcpus(w.vcpus()),
          w.bursty().on(),
          w.bursty().off(),
          distribution(w.bursty().onTime()),
          distribution(w.bursty().offTime()));
    } else if (workload instanceof Workload.Stochastic w) {
      return new WorkloadSpec.Stochastic(
          name(w.name(), "stochastic"),
          vcpus(w.vcpus()),
          w.stochastic().mean(),
          w.stochastic().deviation(),
          w.stochastic().correlation(),
          w.stochastic().step());
    } else if (workload instanceof Workload.Trace w) {
      return new WorkloadSpec.Trace(
          name(w.name(), "trace"),
          vcpus(w.vcpus()),
          traces.series(w, index),
          w.load(),
          w.between(),
          w.after());
    }
    Workload.Requests requests = (Workload.Requests) workload;
    return new WorkloadSpec.Requests(
        name(requests.name(), "requests"), load(requests, index), requests(requests));
  }

  private static String name(String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private static int vcpus(Integer given) {
    return given == null ? 0 : given;
  }

  private LoadSpec load(Workload.Requests requests, int index) {
    if (requests.clients() != null) {
      Distribution think =
          requests.think() == null ? Distribution.constant(0) : distribution(requests.think());
      return new LoadSpec.Closed(requests.clients(), think);
    }
    Arrivals arrivals = requests.arrivals();
    if (arrivals instanceof Arrivals.Rate rate) {
      return new LoadSpec.Open(
          Distribution.exponential(NANOS_PER_SECOND / rate.rate()), requests.mostOutstanding());
    } else if (arrivals instanceof Arrivals.TimeBetween times) {
      return new LoadSpec.Open(distribution(times.between()), requests.mostOutstanding());
    }
    Arrivals.Recorded recorded = (Arrivals.Recorded) arrivals;
    return new LoadSpec.OpenTrace(
        traces.series(recorded, index), recorded.load(), requests.mostOutstanding());
  }

  private static List<RequestSpec> requests(Workload.Requests requests) {
    if (requests.steps() != null) {
      return List.of(new RequestSpec("request", 1, steps(requests.steps())));
    }
    List<RequestSpec> specs = new ArrayList<>();
    for (Request request : requests.requests()) {
      specs.add(
          new RequestSpec(
              name(request.name(), "request-" + (specs.size() + 1)),
              request.weight(),
              steps(request.steps())));
    }
    return specs;
  }

  private static List<StepSpec> steps(List<Step> steps) {
    return steps.stream().map(WorkloadAssembly::step).toList();
  }

  private static StepSpec step(Step step) {
    if (step instanceof Step.CpuStep s) {
      return new StepSpec.Cpu(distribution(s.cpu()));
    } else if (step instanceof Step.Read s) {
      return new StepSpec.Read(distribution(s.read()), s.disk(), s.access());
    } else if (step instanceof Step.Write s) {
      return new StepSpec.Write(distribution(s.write()), s.disk(), s.access());
    } else if (step instanceof Step.Send s) {
      return new StepSpec.Send(distribution(s.send()), s.vif() == null ? -1 : s.vif());
    } else if (step instanceof Step.Receive s) {
      return new StepSpec.Receive(distribution(s.receive()), s.vif() == null ? -1 : s.vif());
    } else if (step instanceof Step.Think s) {
      return new StepSpec.Think(distribution(s.think()));
    } else if (step instanceof Step.Parallel s) {
      return new StepSpec.Parallel(s.parallel().stream().map(WorkloadAssembly::steps).toList());
    }
    Step.Repeat repeat = (Step.Repeat) step;
    return new StepSpec.Repeat(repeat.repeat(), steps(repeat.steps()));
  }

  private static Distribution distribution(
      org.poolsim.scenarios.language.Distribution distribution) {
    if (distribution instanceof org.poolsim.scenarios.language.Distribution.Constant d) {
      return Distribution.constant(d.constant());
    } else if (distribution instanceof org.poolsim.scenarios.language.Distribution.Uniform d) {
      return d.uniform().low() == d.uniform().high()
          ? Distribution.constant(d.uniform().low())
          : Distribution.uniform(d.uniform().low(), d.uniform().high());
    } else if (distribution instanceof org.poolsim.scenarios.language.Distribution.Exponential d) {
      return Distribution.exponential(d.exponential());
    } else if (distribution instanceof org.poolsim.scenarios.language.Distribution.Erlang d) {
      return Distribution.erlang(d.erlang().stages(), d.erlang().mean());
    } else if (distribution instanceof org.poolsim.scenarios.language.Distribution.Lognormal d) {
      return Distribution.lognormal(d.lognormal().mean(), d.lognormal().cv());
    } else if (distribution instanceof org.poolsim.scenarios.language.Distribution.Pareto d) {
      return Distribution.pareto(d.pareto().shape(), d.pareto().minimum());
    }
    org.poolsim.scenarios.language.Distribution.ChoiceShape choice =
        ((org.poolsim.scenarios.language.Distribution.Choice) distribution).choice();
    double[] values = choice.values().stream().mapToDouble(Double::doubleValue).toArray();
    if (choice.weights() == null) {
      return Distribution.empirical(values);
    }
    return Distribution.weighted(
        values, choice.weights().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
