// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.validation.CaseFormatException;
import tools.jackson.databind.JsonNode;

/** Reads the case of a file; everything wrong with it is told at once, by key path. */
final class SchedCaseReader {
  private static final long MICROSECOND = 1_000L;
  private static final long MILLISECOND = 1_000_000L;

  private final String file;
  private final List<String> problems = new ArrayList<>();

  private SchedCaseReader(String file) {
    this.file = file;
  }

  static SchedCase read(String file, JsonNode root) {
    SchedCaseReader reader = new SchedCaseReader(file);
    SchedCase read = reader.readCase(root);
    if (!reader.problems.isEmpty()) {
      throw new CaseFormatException(String.join("\n", reader.problems));
    }
    return read;
  }

  private void problem(String path, String what) {
    problems.add(file + ": " + path + ": " + what);
  }

  private long number(JsonNode node, String path, String key, long least, long most) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > most) {
      problem(
          path + "." + key,
          "expected a whole number from " + least + " to " + most + ", found " + found(value));
      return least;
    }
    return value.longValue();
  }

  private long nanos(JsonNode node, String path, String key, long least) {
    return number(node, path, key, least, Long.MAX_VALUE / 4);
  }

  private String text(JsonNode node, String path, String key) {
    JsonNode value = node.path(key);
    if (!value.isString()) {
      problem(path + "." + key, "expected a text, found " + found(value));
      return "";
    }
    return value.stringValue();
  }

  private List<JsonNode> array(JsonNode node, String path, String key) {
    JsonNode value = node.path(key);
    List<JsonNode> elements = new ArrayList<>();
    if (!value.isArray()) {
      problem(path + "." + key, "expected an array, found " + found(value));
    } else {
      value.forEach(elements::add);
    }
    return elements;
  }

  private static String found(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }

  private <T> T checked(String path, Supplier<T> value, T otherwise) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      problem(path, e.getMessage());
      return otherwise;
    }
  }

  private SchedCase readCase(JsonNode root) {
    JsonNode host = root.path("host");
    int threads = (int) number(host, "host", "threads_per_core", 1, 8);
    int cores = (int) number(host, "host", "cores_per_socket", 1, 1024);
    int sockets = (int) number(host, "host", "sockets", 1, 64);
    CpuTopology topology =
        checked("host", () -> new CpuTopology(sockets, cores, threads), CpuTopology.flat(1));
    long pcpus = number(host, "host", "pcpus", 1, 65_536);
    if (pcpus != topology.pcpus()) {
      problem("host.pcpus", "sockets, cores and threads make " + topology.pcpus());
    }
    JsonNode params = root.path("scheduler_params");
    long ratelimit = number(params, "scheduler_params", "ratelimit_us", 0, 500_000) * MICROSECOND;
    long slice = number(params, "scheduler_params", "credit_tslice_ms", 1, 1000) * MILLISECOND;
    SchedulerParameters parameters =
        checked(
            "scheduler_params",
            () -> SchedulerParameters.defaults().with(ratelimit, slice),
            SchedulerParameters.defaults());
    List<SchedCase.DomainCase> domains = new ArrayList<>();
    List<JsonNode> domainNodes = array(root, "case", "domains");
    for (int i = 0; i < domainNodes.size(); i++) {
      domains.add(domain(domainNodes.get(i), "domains[" + i + "]", topology.pcpus()));
    }
    List<SchedCase.Change> changes = new ArrayList<>();
    List<JsonNode> changeNodes = array(root, "case", "events");
    for (int i = 0; i < changeNodes.size(); i++) {
      changes.add(change(changeNodes.get(i), "events[" + i + "]", domains));
    }
    SchedCase read =
        new SchedCase(
            text(root, "case", "id"),
            text(root, "case", "family"),
            topology,
            parameters,
            nanos(root, "case", "duration_ns", 1),
            nanos(root, "case", "bin_ns", 1),
            domains,
            changes);
    checkBackends(read);
    return read;
  }

  private SchedCase.DomainCase domain(JsonNode node, String path, int pcpus) {
    List<SchedCase.VcpuCase> vcpus = new ArrayList<>();
    List<JsonNode> vcpuNodes = array(node, path, "vcpus");
    if (vcpuNodes.isEmpty()) {
      problem(path + ".vcpus", "expected at least one");
    }
    for (int i = 0; i < vcpuNodes.size(); i++) {
      String vcpuPath = path + ".vcpus[" + i + "]";
      JsonNode vcpu = vcpuNodes.get(i);
      vcpus.add(
          new SchedCase.VcpuCase(
              nanos(vcpu, vcpuPath, "start_ns", 0),
              mask(vcpu.path("hard_affinity"), vcpuPath + ".hard_affinity", pcpus),
              mask(vcpu.path("soft_affinity"), vcpuPath + ".soft_affinity", pcpus),
              behaviour(vcpu.path("behaviour"), vcpuPath + ".behaviour")));
    }
    SchedCase.RealTime realTime = null;
    JsonNode rtds = node.path("rtds");
    if (rtds.isObject()) {
      realTime =
          new SchedCase.RealTime(
              number(rtds, path + ".rtds", "period_us", 10, 1L << 40) * MICROSECOND,
              number(rtds, path + ".rtds", "budget_us", 10, 1L << 40) * MICROSECOND,
              rtds.path("extratime").asBoolean(true));
    }
    return new SchedCase.DomainCase(
        (int) number(node, path, "domid", 0, 65_535),
        (int) number(node, path, "weight", 1, 65_535),
        (int) number(node, path, "cap_percent", 0, 65_534),
        realTime,
        vcpus);
  }

  private BitSet mask(JsonNode node, String path, int pcpus) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    BitSet members = new BitSet(pcpus);
    for (JsonNode member : node) {
      if (!member.isIntegralNumber() || member.longValue() < 0 || member.longValue() >= pcpus) {
        problem(path, "expected pCPUs from 0 to " + (pcpus - 1) + ", found " + member);
      } else {
        members.set(member.intValue());
      }
    }
    if (members.isEmpty()) {
      problem(path, "expected at least one pCPU, or null for all");
    }
    return members;
  }

  private SchedCase.BehaviourCase behaviour(JsonNode node, String path) {
    String type = text(node, path, "type");
    long run = 0;
    long other = 0;
    long phase = 0;
    long seed = 0;
    int backendDomid = 0;
    int backendVcpu = 0;
    switch (type) {
      case "hog", "blocked", "server" -> {}
      case "periodic" -> {
        run = nanos(node, path, "run_ns", 1);
        other = nanos(node, path, "period_ns", 1);
        phase = nanos(node, path, "phase_ns", 0);
      }
      case "burst" -> {
        run = nanos(node, path, "run_ns", 1);
        other = nanos(node, path, "sleep_ns", 0);
      }
      case "random_burst" -> {
        run = nanos(node, path, "mean_run_ns", 1);
        other = nanos(node, path, "mean_sleep_ns", 1);
        seed = number(node, path, "seed", Long.MIN_VALUE, Long.MAX_VALUE);
      }
      case "poisson_jobs" -> {
        run = nanos(node, path, "mean_run_ns", 1);
        other = nanos(node, path, "mean_interarrival_ns", 1);
        seed = number(node, path, "seed", Long.MIN_VALUE, Long.MAX_VALUE);
      }
      case "io_request" -> {
        run = nanos(node, path, "run_ns", 1);
        other = nanos(node, path, "backend_run_ns", 1);
        backendDomid = (int) number(node, path, "backend_domid", 0, 65_535);
        backendVcpu = (int) number(node, path, "backend_vcpu", 0, 65_535);
      }
      case "yield" -> other = nanos(node, path, "every_ns", 1);
      default ->
          problem(
              path + ".type",
              "unknown behaviour '"
                  + type
                  + "'; there are hog, periodic, burst, random_burst, poisson_jobs, io_request,"
                  + " server, blocked, yield");
    }
    return new SchedCase.BehaviourCase(type, run, other, phase, seed, backendDomid, backendVcpu);
  }

  private SchedCase.Change change(
      JsonNode node, String path, List<SchedCase.DomainCase> domains) {
    String what = text(node, path, "set");
    if (!what.equals("weight") && !what.equals("cap")) {
      problem(path + ".set", "expected weight or cap, found " + found(node.path("set")));
    }
    int domid = (int) number(node, path, "domid", 0, 65_535);
    if (domains.stream().noneMatch(domain -> domain.domid() == domid)) {
      problem(path + ".domid", "there is no domain " + domid);
    }
    boolean isWeight = what.equals("weight");
    return new SchedCase.Change(
        nanos(node, path, "t_ns", 0),
        domid,
        isWeight,
        (int) number(node, path, "value", isWeight ? 1 : 0, 65_534));
  }

  private void checkBackends(SchedCase read) {
    for (SchedCase.DomainCase domain : read.domains()) {
      for (SchedCase.VcpuCase vcpu : domain.vcpus()) {
        SchedCase.BehaviourCase behaviour = vcpu.behaviour();
        if (behaviour.type().equals("io_request")
            && read.domains().stream()
                .noneMatch(
                    backend ->
                        backend.domid() == behaviour.backendDomid()
                            && behaviour.backendVcpu() < backend.vcpus().size()
                            && backend
                                .vcpus()
                                .get(behaviour.backendVcpu())
                                .behaviour()
                                .type()
                                .equals("server"))) {
          problem(
              "domain " + domain.domid(),
              "vCPU "
                  + behaviour.backendVcpu()
                  + " of domain "
                  + behaviour.backendDomid()
                  + " is no server");
        }
      }
    }
  }
}
