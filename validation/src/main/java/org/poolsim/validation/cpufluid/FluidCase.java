// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.fluid.FluidHostCpu;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import tools.jackson.databind.JsonNode;

/** One case on the fluid model under one scheduler. */
final class FluidCase {
  private final CaseReader reader;
  private final JsonNode root;
  private final String scheduler;
  private final Drive drive;

  FluidCase(CaseReader reader, JsonNode root, String scheduler, Drive drive) {
    this.reader = reader;
    this.root = root;
    this.scheduler = scheduler;
    this.drive = drive;
  }

  /**
   * Runs the case, audited at its end; returns each domain's CPU time in nanoseconds.
   *
   * @param seedOffset added to the recorded seeds
   */
  Map<Integer, Long> run(long seedOffset) {
    Simulator simulator = new Simulator();
    JsonNode hostNode = reader.field(root, "host");
    CpuTopology topology =
        new CpuTopology(
            reader.integer(hostNode, "sockets"),
            reader.integer(hostNode, "cores_per_socket"),
            reader.integer(hostNode, "threads_per_core"));
    FluidHostCpu host =
        new FluidHostCpu(
            simulator, new HostCpuSpec("host", topology, scheduler, topology.threadsPerCore()));
    Map<Integer, CpuDomain> domains = new LinkedHashMap<>();
    Map<Integer, List<Behaviour>> behaviours = new LinkedHashMap<>();
    JsonNode domainNodes = reader.field(root, "domains");
    if (!hasDom0(domainNodes)) {
      // The first domain of a host is dom0: here one that does nothing
      host.createDomain(new DomainSpec("Domain-0", 1, 256, 0, null, null));
    }
    for (JsonNode node : domainNodes) {
      create(node, host, simulator, seedOffset, domains, behaviours);
    }
    for (List<Behaviour> ofDomain : behaviours.values()) {
      for (Behaviour behaviour : ofDomain) {
        if (behaviour.needsBackend()) {
          behaviour.setBackend(backendOf(behaviour.spec(), behaviours));
        }
      }
    }
    for (JsonNode node : reader.field(root, "events")) {
      schedule(node, simulator, domains);
    }
    simulator.runUntil(reader.number(root, "duration_ns"));
    host.audit();
    Map<Integer, Long> cpuTimes = new LinkedHashMap<>();
    domains.forEach((domid, domain) -> cpuTimes.put(domid, cpuNanos(domain)));
    return cpuTimes;
  }

  private boolean hasDom0(JsonNode domainNodes) {
    for (JsonNode node : domainNodes) {
      if (reader.integer(node, "domid") == 0) {
        return true;
      }
    }
    return false;
  }

  private void create(
      JsonNode node,
      FluidHostCpu host,
      Simulator simulator,
      long seedOffset,
      Map<Integer, CpuDomain> domains,
      Map<Integer, List<Behaviour>> behaviours) {
    int domid = reader.integer(node, "domid");
    JsonNode vcpuNodes = reader.field(node, "vcpus");
    CpuDomain domain =
        host.createDomain(
            new DomainSpec(
                "domain-" + domid,
                vcpuNodes.size(),
                reader.integer(node, "weight"),
                reader.integer(node, "cap_percent"),
                null,
                null));
    List<Behaviour> ofDomain = new ArrayList<>();
    for (JsonNode vcpuNode : vcpuNodes) {
      int vcpu = ofDomain.size();
      BitSet hard = reader.mask(vcpuNode, "hard_affinity");
      if (hard != null) {
        domain.setAffinity(vcpu, hard, null);
      }
      Behaviour behaviour =
          new Behaviour(
              simulator,
              domain,
              vcpu,
              reader,
              reader.field(vcpuNode, "behaviour"),
              drive,
              seedOffset);
      behaviour.startAt(reader.number(vcpuNode, "start_ns"));
      ofDomain.add(behaviour);
    }
    domains.put(domid, domain);
    behaviours.put(domid, ofDomain);
  }

  private Behaviour backendOf(JsonNode spec, Map<Integer, List<Behaviour>> behaviours) {
    int domid = reader.integer(spec, "backend_domid");
    int vcpu = reader.integer(spec, "backend_vcpu");
    List<Behaviour> ofDomain = behaviours.get(domid);
    if (ofDomain == null || vcpu >= ofDomain.size()) {
      throw reader.problem("there is no backend vCPU " + vcpu + " in domain " + domid);
    }
    return ofDomain.get(vcpu);
  }

  private void schedule(JsonNode node, Simulator simulator, Map<Integer, CpuDomain> domains) {
    CpuDomain domain = domains.get(reader.integer(node, "domid"));
    if (domain == null) {
      throw reader.problem("an event is for a domain that is not there: " + node);
    }
    String what = reader.text(node, "set");
    int value = reader.integer(node, "value");
    Event event =
        switch (what) {
          case "weight" -> new Change(() -> domain.setWeight(value));
          case "cap" -> new Change(() -> domain.setCap(value));
          default -> throw reader.problem("an event sets weight or cap, not " + what);
        };
    simulator.schedule(event, reader.number(node, "t_ns"));
  }

  private static final class Change extends Event {
    private final Runnable change;

    Change(Runnable change) {
      this.change = change;
    }

    @Override
    protected void fire() {
      change.run();
    }
  }

  private static long cpuNanos(CpuDomain domain) {
    long sum = 0;
    for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
      sum += domain.runningNanos(vcpu);
    }
    return sum;
  }
}
