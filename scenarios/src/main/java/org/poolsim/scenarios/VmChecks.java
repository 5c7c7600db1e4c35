// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.scenarios.language.Balloon;
import org.poolsim.scenarios.language.Cpu;
import org.poolsim.scenarios.language.Disk;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.Image;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Vif;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.language.VmMemory;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Text;

/** What must fit together in a VM, and between VMs and hosts. */
final class VmChecks {
  private final Scenario scenario;
  private final Inventory inventory;
  private final HostChecks references;
  private final Places places;
  private final Mistakes mistakes;
  private final Map<String, Disk> implicit;
  private final Set<String> ownImages = new HashSet<>();

  VmChecks(
      Scenario scenario,
      Inventory inventory,
      HostChecks references,
      Places places,
      Mistakes mistakes) {
    this.scenario = scenario;
    this.inventory = inventory;
    this.references = references;
    this.places = places;
    this.mistakes = mistakes;
    this.implicit = inventory.implicitImages(scenario);
  }

  void check() {
    for (Vm vm : scenario.vms()) {
      for (Disk disk : vm.disks()) {
        if (disk.name() != null && disk.sr() != null) {
          ownImages.addAll(inventory.names(disk.name()));
        }
      }
    }
    scenario.vms().forEach(this::vm);
    capacity();
  }

  private void vm(Vm vm) {
    references.uuid(vm, vm.name(), vm.uuid());
    references.reference(vm, "host", vm.host(), inventory.hosts.keySet(), "host");
    memory(vm);
    if (vm.cap() != null
        && places.sound(vm, "cap")
        && places.sound(vm, "vcpus")
        && vm.vcpus() > 0) {
      String tooMuch = tooMuch(vm.cap(), vm);
      if (tooMuch != null) {
        mistakes.add(places.of(vm, "cap"), tooMuch);
      }
      if (Math.abs(vm.cap() * 100 - Math.rint(vm.cap() * 100)) > 1e-9) {
        mistakes.add(places.of(vm, "cap"), "cap: Xen knows whole percents only");
      }
    }
    affinity(vm);
    disks(vm);
    Set<Integer> devices = new HashSet<>();
    for (int i = 0; i < vm.vifs().size(); i++) {
      Vif vif = vm.vifs().get(i);
      if (inventory.networks != null) {
        references.reference(vif, "network", vif.network(), inventory.networks, "network");
      }
      if (!devices.add(vif.device() == null ? i : vif.device())) {
        mistakes.add(places.of(vif, "device"), "the VM has another VIF with this number");
      }
      if (vif.mac() != null && !vif.mac().matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
        mistakes.add(
            places.of(vif, "mac"),
            "mac: \""
                + Text.shorten(vif.mac())
                + "\" is not a MAC address such as 3a:5b:00:00:00:01");
      }
    }
    if (vm.start() != null && vm.powerState() == PowerState.RUNNING) {
      mistakes.add(
          places.of(vm, "start"),
          "start: the VM runs from the beginning, expected no start or power_state: halted");
    }
  }

  private void memory(Vm vm) {
    VmMemory memory = vm.memory();
    if (memory == null || !places.sound(memory, "static_max") || !places.sound(memory, "dynamic")) {
      return;
    }
    if (memory.dynamic() != null && memory.dynamic().highWhole() > memory.staticMax()) {
      mistakes.add(
          places.of(memory, "dynamic"),
          "dynamic: more than static_max, expected at most " + Units.size(memory.staticMax()));
    }
    long low = memory.dynamic() == null ? memory.staticMax() : memory.dynamic().lowWhole();
    if (memory.staticMin() != null && memory.staticMin() > low) {
      mistakes.add(
          places.of(memory, "static_min"),
          "static_min: more than the low end of dynamic, expected at most " + Units.size(low));
    }
    if (memory.balloon() != null) {
      balloon(memory, low);
    }
  }

  private void balloon(VmMemory memory, long low) {
    Balloon balloon = memory.balloon();
    List<String> wrong = new ArrayList<>();
    if (balloon.stuck()) {
      wrong.add("stuck");
    }
    if (balloon.neverBelow() != null) {
      wrong.add("never_below");
    }
    if (balloon.neverAbove() != null) {
      wrong.add("never_above");
    }
    if (balloon.rests() != null) {
      wrong.add("rests");
    }
    if (balloon.idleUntil() != null) {
      wrong.add("idle_until");
    }
    if (wrong.size() > 1) {
      mistakes.add(
          places.of(balloon, wrong.get(1)),
          wrong.get(1) + ": the driver has " + wrong.get(0) + " already, expected one of them");
    } else if (!wrong.isEmpty() && balloon.driver() == BalloonDriverSpec.Guest.NONE) {
      mistakes.add(
          places.of(balloon, wrong.get(0)),
          wrong.get(0) + ": the guest has no driver, expected driver: linux or windows");
    }
    if (balloon.neverAbove() != null
        && places.sound(balloon, "never_above")
        && balloon.neverAbove() < low) {
      mistakes.add(
          places.of(balloon, "never_above"),
          "never_above: less than the low end of dynamic, expected at least " + Units.size(low));
    }
  }

  /** Returns the hosts that the VM may run on: all that its host names, or all of them. */
  private Set<Host> hostsOf(Vm vm) {
    Set<Host> hosts = new LinkedHashSet<>();
    if (vm.host() == null) {
      hosts.addAll(inventory.hosts.values());
    } else {
      for (String name : inventory.names(vm.host())) {
        if (inventory.hosts.get(name) != null) {
          hosts.add(inventory.hosts.get(name));
        }
      }
    }
    return hosts;
  }

  private static int pcpus(Host host) {
    Cpu cpu = host.cpu();
    return cpu == null ? 0 : cpu.sockets() * cpu.cores() * cpu.threads();
  }

  /** Returns what is wrong with a cap of the VM, {@code null} if it is not too much. */
  String tooMuch(double cap, Vm vm) {
    if (cap > vm.vcpus()) {
      return "cap: more than the "
          + vm.vcpus()
          + " vCPUs can use, expected at most "
          + vm.vcpus() * 100
          + "%";
    }
    for (Host host : hostsOf(vm)) {
      Cpu cpu = host.cpu();
      if (pcpus(host) > 0
          && cpu.granularity() != null
          && cpu.scheduler() != null
          && cpu.scheduler().startsWith("credit2")) {
        int units = (vm.vcpus() + apart(host) - 1) / apart(host);
        if (cap > units) {
          return "cap: with granularity "
              + granularity(host)
              + " credit2 caps at 100% for each "
              + apart(host)
              + " vCPUs, expected at most "
              + units * 100
              + "%";
        }
      }
    }
    return null;
  }

  private void affinity(Vm vm) {
    affinity(vm, "affinity", vm.affinity(), vm);
    affinity(vm, "soft_affinity", vm.softAffinity(), vm);
    if (vm.rtds() == null) {
      return;
    }
    if (places.sound(vm.rtds(), "period")
        && places.sound(vm.rtds(), "budget")
        && vm.rtds().budget() > vm.rtds().period()) {
      mistakes.add(
          places.of(vm.rtds(), "budget"), "budget: more than the period, expected at most that");
    }
    if (hostsOf(vm).stream()
        .noneMatch(host -> host.cpu() != null && "rtds".equals(host.cpu().scheduler()))) {
      mistakes.add(
          places.of(vm, "rtds"),
          "rtds: no host that the VM may get runs this scheduler, expected scheduler: rtds there");
    }
  }

  /**
   * Checks masks.
   *
   * @param record what they are a key of
   */
  void affinity(Object record, String key, List<String> texts, Vm vm) {
    int masks = 0;
    for (int i = 0; i < texts.size(); i++) {
      try {
        for (List<Integer> mask : Masks.parseAll(List.of(texts.get(i)))) {
          masks++;
          Host without = hostWithout(mask, vm);
          if (without != null) {
            mistakes.add(places.of(record, key, i), key + ": " + missing(mask, without));
          }
        }
      } catch (IllegalArgumentException e) {
        mistakes.add(places.of(record, key, i), key + ": " + e.getMessage());
      }
    }
    if (masks > vm.vcpus() && vm.vcpus() > 0) {
      mistakes.add(
          places.of(record, key), key + ": " + masks + " masks for " + vm.vcpus() + " vCPUs");
    }
  }

  /** A VM with a host must find a pCPU of the mask on each that it may get; one without, on any. */
  private Host hostWithout(List<Integer> mask, Vm vm) {
    Host without = null;
    for (Host host : hostsOf(vm)) {
      boolean found = isIn(mask, host);
      if (found && vm.host() == null) {
        return null;
      }
      without = found ? without : host;
    }
    return without;
  }

  private static boolean isIn(List<Integer> mask, Host host) {
    int pcpus = pcpus(host);
    if (pcpus == 0 || host.cpu().granularity() == null) {
      return true;
    }
    int apart = apart(host);
    return mask.stream().anyMatch(pcpu -> pcpu < pcpus && pcpu % apart == 0);
  }

  /** Returns how far the pCPUs are apart that stand for what is scheduled as a whole. */
  private static int apart(Host host) {
    return switch (host.cpu().granularity()) {
      case CPU -> 1;
      case CORE -> host.cpu().threads();
      case SOCKET -> host.cpu().threads() * host.cpu().cores();
    };
  }

  private static String granularity(Host host) {
    return host.cpu().granularity().name().toLowerCase(Locale.ROOT);
  }

  private static String missing(List<Integer> mask, Host host) {
    int pcpus = pcpus(host);
    int apart = apart(host);
    if (mask.get(0) >= pcpus) {
      return "none of these pCPUs exists, expected some of 0-" + (pcpus - 1);
    }
    StringJoiner first = new StringJoiner(", ", "", pcpus > 3 * apart ? ", ..." : "");
    for (int pcpu = 0; pcpu < Math.min(pcpus, 3 * apart); pcpu += apart) {
      first.add(Integer.toString(pcpu));
    }
    return "with granularity "
        + granularity(host)
        + " the first of each "
        + apart
        + " pCPUs counts and none of those is here, expected some of "
        + first;
  }

  private void disks(Vm vm) {
    Set<String> devices = new HashSet<>();
    for (int i = 0; i < vm.disks().size(); i++) {
      Disk disk = vm.disks().get(i);
      String device = disk.device() == null ? VmAssembly.device(i) : disk.device();
      if (!devices.add(device)) {
        mistakes.add(
            places.of(disk, "device"), "the VM has another disk \"" + Text.shorten(device) + "\"");
      }
      references.reference(disk, "sr", disk.sr(), inventory.srs.keySet(), "SR");
      boolean shared = disk.name() != null && places.sound(disk, "name") && exists(disk);
      Image original =
          disk.cloneOf() == null ? null : inventory.images.get(inventory.walk(disk.cloneOf(), 0));
      if (disk.sr() == null && !shared && original == null && places.sound(disk, "sr")) {
        mistakes.add(
            places.of(disk), "key \"sr\" is missing in this disk, expected the name of an SR");
      }
      if (disk.size() == null && !shared && original == null && places.sound(disk, "size")) {
        mistakes.add(
            places.of(disk), "key \"size\" is missing in this disk, expected a size such as 40GiB");
      }
    }
  }

  private boolean exists(Disk disk) {
    for (String name : inventory.names(disk.name())) {
      boolean elsewhere = disk.sr() == null && ownImages.contains(name);
      if (!inventory.images.containsKey(name) && !implicit.containsKey(name) && !elsewhere) {
        return false;
      }
    }
    return true;
  }

  /** Returns memory that a VM takes at the least, in bytes; 0 if it is not known. */
  private long least(Vm vm) {
    VmMemory memory = vm.memory();
    if (memory == null || !places.sound(memory, "static_max") || !places.sound(memory, "dynamic")) {
      return 0;
    }
    return memory.dynamic() == null ? memory.staticMax() : memory.dynamic().lowWhole();
  }

  private void capacity() {
    if (inventory.hosts.isEmpty()) {
      return;
    }
    long largest = 0;
    long all = 0;
    Map<String, Long> free = new HashMap<>();
    for (Map.Entry<String, Host> entry : inventory.hosts.entrySet()) {
      Host host = entry.getValue();
      if (host.cpu() == null
          || host.dom0() == null
          || !places.sound(host, "memory")
          || host.memory() <= 0) {
        return;
      }
      long bytes = HostAssembly.guestBytes(host);
      free.put(entry.getKey(), bytes);
      largest = Math.max(largest, bytes);
      all += bytes;
    }
    long running = 0;
    Map<String, Long> pinned = new HashMap<>();
    boolean reported = false;
    for (Vm vm : scenario.vms()) {
      long least = least(vm);
      long room = vm.host() == null ? largest : room(vm, free, largest);
      if (least > room) {
        mistakes.add(
            places.of(vm.memory()),
            "memory: the VM needs at least "
                + Units.size(least)
                + ", "
                + (vm.host() == null ? "the largest host" : "its host")
                + " has "
                + Units.size(Math.max(0, room))
                + " for guests");
        reported = true;
      }
      if (vm.name() == null || !VmAssembly.runs(vm)) {
        continue;
      }
      int count = inventory.names(vm.name()).size();
      running += least * count;
      for (int i = 0; i < count && vm.host() != null; i++) {
        pinned.merge(inventory.walk(vm.host(), i), least, Long::sum);
      }
    }
    if (reported) {
      return;
    }
    if (running > all) {
      mistakes.add(
          places.of(scenario, "vms"),
          "vms: those that run from the beginning need at least "
              + Units.size(running)
              + " of memory, the hosts have "
              + Units.size(all)
              + " for guests");
    }
    for (String host : inventory.hosts.keySet()) {
      if (pinned.getOrDefault(host, 0L) > free.get(host)) {
        mistakes.add(
            places.of(scenario, "vms"),
            "vms: those that run on host \""
                + host
                + "\" from the beginning need at least "
                + Units.size(pinned.get(host))
                + " of memory, it has "
                + Units.size(free.get(host))
                + " for guests");
      }
    }
  }

  private long room(Vm vm, Map<String, Long> free, long otherwise) {
    long room = Long.MAX_VALUE;
    for (String name : inventory.names(vm.host())) {
      room = Math.min(room, free.getOrDefault(name, otherwise));
    }
    return room;
  }
}
