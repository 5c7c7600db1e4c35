// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.poolsim.cpu.fluid.FluidHostCpu;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.scenarios.language.Bond;
import org.poolsim.scenarios.language.Cpu;
import org.poolsim.scenarios.language.Fidelities;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.Pbd;
import org.poolsim.scenarios.language.Pif;
import org.poolsim.scenarios.language.Sr;
import org.poolsim.scenarios.language.StorageArray;
import org.poolsim.scenarios.language.Vlan;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Position;
import org.poolsim.scenarios.yaml.Text;
import org.poolsim.storage.DeviceParameters;
import org.poolsim.storage.SrType;

/** What must fit together among hosts, arrays and SRs. */
final class HostChecks {
  private final Inventory inventory;
  private final Fidelities everywhere;
  private final Places places;
  private final Mistakes mistakes;

  /**
   * @param everywhere the fidelity of hosts that do not say; may be {@code null}
   */
  HostChecks(Inventory inventory, Fidelities everywhere, Places places, Mistakes mistakes) {
    this.everywhere = everywhere;
    this.inventory = inventory;
    this.places = places;
    this.mistakes = mistakes;
  }

  void check() {
    if (everywhere != null) {
      fidelity(everywhere);
    }
    new LinkedHashSet<>(inventory.hosts.values()).forEach(this::host);
    new LinkedHashSet<>(inventory.arrays.values()).forEach(this::array);
    new LinkedHashSet<>(inventory.srs.values()).forEach(this::sr);
    inventory
        .images
        .values()
        .forEach(
            image -> {
              reference(image, "sr", image.sr(), inventory.srs.keySet(), "SR");
              if (image.cloneOf() != null) {
                reference(image, "clone_of", image.cloneOf(), inventory.images.keySet(), "image");
              }
            });
  }

  /** Reports a name that nothing has. */
  void reference(Object record, String key, String name, Set<String> known, String kind) {
    if (name == null || !places.sound(record, key)) {
      return;
    }
    for (String one : inventory.names(name)) {
      if (!known.contains(one)) {
        unknown(places.of(record, key), one, known, kind);
        return;
      }
    }
  }

  /** Reports a UUID that would belong to several. */
  void uuid(Object record, String name, String uuid) {
    if (uuid != null && name != null && inventory.names(name).size() > 1) {
      mistakes.add(
          places.of(record, "uuid"),
          "uuid: the entry stands for several, expected one without a range");
    }
  }

  void unknown(Position position, String name, Set<String> known, String kind) {
    mistakes.add(
        position,
        known.isEmpty()
            ? "no " + kind + " \"" + Text.shorten(name) + "\", the scenario has none"
            : "no " + kind + " \"" + Text.shorten(name) + "\"" + Text.suggest(name, known));
  }

  private void network(Object record, String name) {
    if (inventory.networks != null) {
      reference(record, "network", name, inventory.networks, "network");
    }
  }

  /** Returns the devices that can carry traffic of a host: its PIFs and bonds. */
  static Set<String> devices(Host host) {
    Set<String> devices = new LinkedHashSet<>();
    host.bonds().forEach(bond -> devices.add(bond.name()));
    host.pifs().forEach(pif -> devices.add(pif.name()));
    devices.remove(null); // one whose name is missing, which has been said
    return devices;
  }

  private void host(Host host) {
    uuid(host, host.name(), host.uuid());
    scheduler(host);
    if (host.fidelity() != null) {
      fidelity(host.fidelity());
    }
    Set<String> seen = new HashSet<>();
    Set<String> pifs = new LinkedHashSet<>();
    for (Pif pif : host.pifs()) {
      unique(pif, pif.name(), seen, "PIF or bond");
      pifs.add(pif.name());
      network(pif, pif.network());
    }
    pifs.remove(null);
    Set<String> bonded = new HashSet<>();
    for (Bond bond : host.bonds()) {
      unique(bond, bond.name(), seen, "PIF or bond");
      network(bond, bond.network());
      if (bond.of().isEmpty() && places.sound(bond, "of")) {
        mistakes.add(places.of(bond, "of"), "of: the bond has no member");
      }
      for (int i = 0; i < bond.of().size(); i++) {
        String member = bond.of().get(i);
        Position position = places.of(bond, "of", i);
        if (!pifs.contains(member)) {
          unknown(position, member, pifs, "PIF");
        } else if (!bonded.add(member)) {
          mistakes.add(position, "PIF \"" + member + "\" is a member of a bond already");
        }
      }
    }
    for (Pif pif : host.pifs()) {
      if (bonded.contains(pif.name()) && pif.network() != null) {
        mistakes.add(
            places.of(pif, "network"),
            "network: the PIF is a member of a bond, expected the network on the bond");
      }
    }
    for (Vlan vlan : host.vlans()) {
      reference(vlan, "on", vlan.on(), devices(host), "PIF or bond");
      network(vlan, vlan.network());
    }
    if (host.dom0() != null && places.sound(host, "memory") && host.memory() > 0) {
      long own =
          (host.xenMemory() == null ? 0 : host.xenMemory())
              + (host.dom0().memory() == null ? 0 : host.dom0().memory());
      if (own > host.memory()) {
        mistakes.add(
            places.of(host, "memory"),
            "memory: Xen and dom0 take more than the host has, expected at least "
                + Units.size(own));
      }
    }
  }

  private void scheduler(Host host) {
    Cpu cpu = host.cpu();
    if (cpu == null) {
      return;
    }
    Fidelities fidelity = host.fidelity() != null ? host.fidelity() : everywhere;
    CpuAssembly.check(cpu, fidelity == null ? null : fidelity.cpu(), places, mistakes);
    if (cpu.scheduler() == null || !places.sound(cpu, "scheduler")) {
      return;
    }
    boolean fluid = fidelity == null || fidelity.cpu() != Fidelity.DETAILED;
    Set<String> known = new TreeSet<>(Schedulers.names());
    if (!known.contains(cpu.scheduler())) {
      unknown(places.of(cpu, "scheduler"), cpu.scheduler(), known, "scheduler");
    } else if (fluid && !FluidHostCpu.SCHEDULERS.contains(cpu.scheduler())) {
      mistakes.add(
          places.of(cpu, "scheduler"),
          "scheduler: "
              + cpu.scheduler()
              + " has no fluid model, expected fidelity: {cpu: detailed} or one of "
              + String.join(", ", new TreeSet<>(FluidHostCpu.SCHEDULERS)));
    }
  }

  /** Refuses a fidelity that no model has yet. */
  private void fidelity(Fidelities fidelity) {
    detailed(fidelity, "memory", fidelity.memory());
    detailed(fidelity, "storage", fidelity.storage());
    detailed(fidelity, "network", fidelity.network());
  }

  private void detailed(Fidelities fidelity, String key, Fidelity asked) {
    if (asked == Fidelity.DETAILED) {
      mistakes.add(
          places.of(fidelity, key), key + ": detailed is not available yet, expected fluid");
    }
  }

  private void unique(Object record, String name, Set<String> seen, String kind) {
    if (name != null && !seen.add(name)) {
      mistakes.add(
          places.of(record, "name"),
          "the host has another " + kind + " \"" + Text.shorten(name) + "\"");
    }
  }

  private void array(StorageArray array) {
    if (array.device() != null && array.device().type() != null) {
      reference(
          array.device(),
          "type",
          array.device().type(),
          DeviceParameters.classes().names(),
          "device class");
    }
    if (array.raid() != null && places.sound(array, "devices")) {
      int fewest = StorageAssembly.raid(array.raid()).fewestDevices();
      if (array.devices() < fewest) {
        mistakes.add(
            places.of(array, "devices"),
            "devices: "
                + array.devices()
                + " are too few for RAID "
                + array.raid().name().substring(4)
                + ", expected at least "
                + fewest);
      }
    }
  }

  private void sr(Sr sr) {
    uuid(sr, sr.name(), sr.uuid());
    if (sr.on() != null) {
      reference(sr.on(), "array", sr.on().array(), inventory.arrays.keySet(), "array");
    }
    if (sr.format() != null
        && sr.type() != null
        && sr.format() != StorageAssembly.format(sr.type())) {
      mistakes.add(
          places.of(sr, "format"),
          "format: an SR of type "
              + sr.type().name().toLowerCase(java.util.Locale.ROOT)
              + " keeps its images as "
              + StorageAssembly.format(sr.type()).name().toLowerCase(java.util.Locale.ROOT));
    }
    if (sr.size() != null && sr.used() != null && sr.used() > sr.size()) {
      mistakes.add(places.of(sr, "used"), "used: is more than the SR's size");
    }
    boolean local = sr.type() != null && sr.type().protocol() == SrType.Protocol.LOCAL;
    if (sr.pbds() == null) {
      for (Map.Entry<String, Host> host : inventory.hosts.entrySet()) {
        if (!via(sr, sr.via(), host.getKey(), host.getValue(), local)) {
          return; // once is enough: the next host is likely to lack it too
        }
      }
      return;
    }
    Set<String> attached = new HashSet<>();
    for (Pbd pbd : sr.pbds()) {
      for (String name : pbd.host() == null ? List.<String>of() : inventory.names(pbd.host())) {
        Host host = inventory.hosts.get(name);
        if (host == null) {
          unknown(places.of(pbd, "host"), name, inventory.hosts.keySet(), "host");
          break;
        } else if (!attached.add(name)) {
          mistakes.add(
              places.of(pbd, "host"), "the SR is attached to host \"" + name + "\" already");
          break;
        }
        via(
            pbd.via() != null ? pbd : sr,
            pbd.via() != null ? pbd.via() : sr.via(),
            name,
            host,
            local);
      }
    }
  }

  private boolean via(Object record, String via, String name, Host host, boolean local) {
    if (via != null && places.sound(record, "via") && !devices(host).contains(via)) {
      unknown(places.of(record, "via"), via, devices(host), "PIF or bond of host " + name);
      return false;
    } else if (via != null && local) {
      mistakes.add(
          places.of(record, "via"), "via: an SR of this type has no network traffic, leave it out");
      return false;
    }
    return true;
  }
}
