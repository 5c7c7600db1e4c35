// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolsim.memory.Dom0Sizing;
import org.poolsim.pool.spec.BondSpec;
import org.poolsim.pool.spec.Dom0Spec;
import org.poolsim.pool.spec.FidelitySpec;
import org.poolsim.pool.spec.GpuSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemoryPolicySpec;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.VlanSpec;
import org.poolsim.scenarios.language.Bond;
import org.poolsim.scenarios.language.Cpu;
import org.poolsim.scenarios.language.Dom0;
import org.poolsim.scenarios.language.Fidelities;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.MemoryPolicy;
import org.poolsim.scenarios.language.Network;
import org.poolsim.scenarios.language.Pif;
import org.poolsim.scenarios.language.Vlan;

/** Hosts of the language as those of the pool, with what they leave out. */
final class HostAssembly {
  private static final int DEFAULT_MTU = 1500;

  private HostAssembly() {}

  private static int pcpus(Cpu cpu) {
    return cpu.sockets() * cpu.cores() * cpu.threads();
  }

  private static long xenMemory(Host host) {
    return host.xenMemory() != null
        ? host.xenMemory()
        : HostSpec.defaultXenMemoryBytes(host.memory());
  }

  private static Dom0 dom0(Host host) {
    Dom0Sizing sizing = host.dom0().sizing();
    Dom0Spec installed = Dom0Spec.installed(sizing, pcpus(host.cpu()), host.memory());
    return new Dom0(
        host.dom0().vcpus() != null ? host.dom0().vcpus() : Integer.valueOf(installed.vcpus()),
        host.dom0().memory() != null ? host.dom0().memory() : Long.valueOf(installed.memoryBytes()),
        sizing,
        host.dom0().weight(),
        host.dom0().xenstored());
  }

  /** Returns the memory that Xen and dom0 leave to guests, in bytes. */
  static long guestBytes(Host host) {
    return host.memory() - xenMemory(host) - dom0(host).memory();
  }

  /**
   * Returns the hosts with everything that they leave out.
   *
   * @param carried networks that a host carries though nothing on it names them; empty if the
   *     scenario declares its networks
   */
  static List<Host> resolved(
      List<Host> hosts, Fidelities fidelity, MemoryPolicy memoryPolicy, Set<String> carried) {
    List<Host> resolved = new ArrayList<>();
    for (Host host : hosts) {
      Attachments attachments = attach(host, carried);
      resolved.add(
          new Host(
              host.name(),
              null,
              host.uuid(),
              CpuAssembly.resolved(host.cpu()),
              host.fidelity() != null ? host.fidelity() : fidelity,
              host.memory(),
              xenMemory(host),
              host.memoryPolicy() != null ? host.memoryPolicy() : memoryPolicy,
              dom0(host),
              attachments.pifs(),
              attachments.bonds(),
              attachments.vlans(),
              host.gpus(),
              host.perfmon()));
    }
    return resolved;
  }

  private record Attachments(List<Pif> pifs, List<Bond> bonds, List<Vlan> vlans) {}

  private static Attachments attach(Host host, Set<String> carried) {
    Set<String> missing = new LinkedHashSet<>(carried);
    Set<String> bonded = new HashSet<>();
    host.bonds().forEach(bond -> bonded.addAll(bond.of()));
    host.bonds().forEach(bond -> missing.remove(bond.network()));
    host.pifs().forEach(pif -> missing.remove(pif.network()));
    host.vlans().forEach(vlan -> missing.remove(vlan.network()));
    List<Pif> pifs = new ArrayList<>(host.pifs());
    List<Bond> bonds = new ArrayList<>(host.bonds());
    List<Vlan> vlans = new ArrayList<>(host.vlans());
    if (missing.isEmpty() || (pifs.isEmpty() && bonds.isEmpty())) {
      return new Attachments(pifs, bonds, vlans);
    }
    String carrier;
    String first = missing.iterator().next();
    boolean untagged;
    if (!bonds.isEmpty()) {
      Bond bond = bonds.get(0);
      carrier = bond.name();
      untagged = bond.network() == null;
      if (untagged) {
        bonds.set(0, new Bond(bond.name(), bond.uuid(), bond.of(), bond.mode(), first));
      }
    } else {
      Pif pif = pifs.get(0);
      carrier = pif.name();
      untagged = pif.network() == null;
      if (untagged) {
        pifs.set(0, new Pif(pif.name(), pif.uuid(), pif.speed(), first));
      }
    }
    if (untagged) {
      missing.remove(first);
    }
    Set<Integer> tags = new HashSet<>();
    vlans.stream().filter(vlan -> vlan.on().equals(carrier)).forEach(vlan -> tags.add(vlan.tag()));
    int tag = 1;
    for (String network : missing) {
      while (tags.contains(tag)) {
        tag++;
      }
      vlans.add(new Vlan(carrier, tag++, network));
    }
    return new Attachments(pifs, bonds, vlans);
  }

  /** Returns the networks that hosts and VIFs name, in the order of the scenario. */
  static List<Network> found(List<Host> hosts, Set<String> ofVifs) {
    Map<String, Network> networks = new LinkedHashMap<>();
    for (Host host : hosts) {
      host.pifs().forEach(pif -> add(networks, pif.network()));
      host.bonds().forEach(bond -> add(networks, bond.network()));
      host.vlans().forEach(vlan -> add(networks, vlan.network()));
    }
    ofVifs.forEach(name -> add(networks, name));
    return List.copyOf(networks.values());
  }

  private static void add(Map<String, Network> networks, String name) {
    if (name != null) {
      networks.putIfAbsent(name, new Network(name, null, DEFAULT_MTU));
    }
  }

  static List<HostSpec> hosts(List<Host> hosts, Inventory inventory) {
    List<HostSpec> specs = new ArrayList<>();
    for (Host host : hosts) {
      for (String name : inventory.names(host.name())) {
        specs.add(host(host, name));
      }
    }
    return specs;
  }

  private static HostSpec host(Host host, String name) {
    Cpu cpu = host.cpu();
    Fidelities fidelity = host.fidelity();
    MemoryPolicy policy = host.memoryPolicy();
    return new HostSpec(
        name,
        host.uuid(),
        CpuAssembly.spec(cpu),
        new FidelitySpec(fidelity.cpu(), fidelity.memory(), fidelity.storage(), fidelity.network()),
        host.memory(),
        host.xenMemory(),
        new MemoryPolicySpec(policy.toolstack(), policy.squeezed(), policy.numa()),
        new Dom0Spec(
            host.dom0().vcpus(),
            host.dom0().memory(),
            host.dom0().weight(),
            host.dom0().xenstored()),
        host.pifs().stream()
            .map(pif -> new PifSpec(pif.name(), pif.uuid(), pif.speed() * 8, pif.network()))
            .toList(),
        host.bonds().stream()
            .map(
                bond ->
                    new BondSpec(bond.name(), bond.uuid(), bond.of(), bond.mode(), bond.network()))
            .toList(),
        host.vlans().stream()
            .map(vlan -> new VlanSpec(vlan.on(), vlan.tag(), vlan.network()))
            .toList(),
        host.gpus().stream().map(GpuSpec::new).toList());
  }
}
