// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.poolsim.scenarios.imports.XapiNumbers.clamp;
import static org.poolsim.scenarios.imports.XapiNumbers.whole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.poolsim.engine.data.Owner;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** VMs of users: vCPUs, memory, scheduling, devices and where they run. */
final class XapiVms {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long MOST_MEMORY = 64L << 40;
  private static final int MOST_VCPUS = 4096;
  private static final int MOST_VIFS = 255;
  private static final int MOST_PCPU = 32_767;
  private static final long MOST_KILOBYTES = 1_000_000_000;

  private final XapiDatabase database;
  private final PoolNames names;
  private final ImportNotes notes;
  private final XapiStorage storage;
  private final Map<String, HostPlan> hosts;
  private final XapiAlarms alarms;
  private final Map<String, List<Row>> vifs;

  /** What the VMs that run on a host take of it so far, in bytes. */
  private final Map<String, Long> taken = new HashMap<>();

  XapiVms(
      XapiDatabase database,
      PoolNames names,
      ImportNotes notes,
      XapiStorage storage,
      Map<String, HostPlan> hosts,
      XapiAlarms alarms) {
    this.database = database;
    this.names = names;
    this.notes = notes;
    this.storage = storage;
    this.hosts = hosts;
    this.alarms = alarms;
    vifs = database.grouped("VIF", "VM");
  }

  /** A VM's limits as the language takes them: low to high is the balloon's range. */
  private record Limits(long least, long low, long high, long most) {
    /** Returns what the VM takes of a host: with Xen's bookkeeping, generously. */
    static long footprint(long target, long most) {
      return target + most / 100 + 32 * MIB;
    }
  }

  List<Object> convert() {
    List<Row> users = database.rows("VM").stream().filter(PoolSummary::isUserVm).toList();
    makeRoom(users);
    long largest = hosts.values().stream().mapToLong(HostPlan::guestBytes).max().orElse(0);
    List<Object> result = new ArrayList<>();
    for (Row vm : users) {
      Limits limits = limits(vm);
      if (Limits.footprint(limits.low, limits.most) > largest) {
        notes.leaveOut("a VM with more memory than any host has for guests", names.vms().of(vm));
      } else {
        result.add(vm(vm, limits));
      }
    }
    return result;
  }

  /** Raises memory that is only assumed until the VMs that are known to run there fit. */
  private void makeRoom(List<Row> users) {
    Map<String, Long> needed = new HashMap<>();
    long largest = 0;
    for (Row vm : users) {
      Limits limits = limits(vm);
      long footprint = Limits.footprint(limits.high, limits.most);
      largest = Math.max(largest, Limits.footprint(limits.low, limits.most));
      HostPlan host = runsOn(vm);
      if (host != null) {
        needed.merge(host.name(), footprint, Long::sum);
      }
    }
    boolean anyHolds = false;
    HostPlan assumed = null;
    for (HostPlan host : hosts.values()) {
      long bytes = needed.getOrDefault(host.name(), 0L);
      if (host.memoryAssumed() && host.guestBytes() < bytes) {
        host.raiseTo(bytes);
        notes.assume("more memory: the VMs that run there would not fit otherwise", host.name());
      }
      anyHolds |= host.guestBytes() >= largest;
      assumed = assumed == null && host.memoryAssumed() ? host : assumed;
    }
    if (!anyHolds && assumed != null && largest <= MOST_MEMORY / 2) {
      assumed.raiseTo(largest);
      notes.assume("more memory: the largest VM would fit nowhere otherwise", assumed.name());
    }
  }

  private HostPlan runsOn(Row vm) {
    return vm.text("power_state", "Halted").equalsIgnoreCase("running")
        ? hosts.get(vm.text("resident_on", ""))
        : null;
  }

  private Limits limits(Row vm) {
    long most = vm.number("memory__static_max", 0);
    if (most <= 0) {
      most = GIB;
    }
    most = clamp(most, MIB, MOST_MEMORY);
    long high = vm.number("memory__dynamic_max", most);
    high = high <= 0 ? most : clamp(high, MIB, most);
    long low = vm.number("memory__dynamic_min", high);
    low = low <= 0 ? high : clamp(low, MIB, high);
    long least = clamp(vm.number("memory__static_min", low), 0, low);
    return new Limits(least, low, high, most);
  }

  private Map<String, Object> vm(Row vm, Limits limits) {
    String name = names.vms().of(vm);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    if (XapiNumbers.hasUuid(vm)) {
      result.put("uuid", vm.uuid());
    }
    result.put("type", domainType(vm));
    if (vm.number("memory__static_max", 0) <= 0) {
      notes.assume("1 GiB of memory: the database gives none", name);
    }
    long vcpus = vm.number("VCPUs__at_startup", 0);
    vcpus = clamp(vcpus > 0 ? vcpus : vm.number("VCPUs__max", 1), 1, MOST_VCPUS);
    result.put("vcpus", (int) vcpus);
    HostPlan host = runsOn(vm);
    long high = host == null ? limits.high : fit(host, name, limits);
    boolean running = host != null && high > 0;
    result.put("memory", memory(limits, high > 0 ? high : limits.high));
    scheduling(vm, name, result, vcpus, running ? host : null);
    XapiNetworks.put(
        result, "disks", storage.disks(vm, name, running ? vm.text("resident_on", "") : null));
    XapiNetworks.put(result, "vifs", vifs(vm, name));
    alarms.carry(vm, Owner.Kind.VM, name, result);
    if (running) {
      result.put("host", host.name());
    } else {
      state(vm, name, host != null);
    }
    result.put("power_state", running ? "running" : "halted");
    return result;
  }

  private void state(Row vm, String name, boolean knownHost) {
    String state = vm.text("power_state", "Halted").toLowerCase(Locale.ROOT);
    if (state.equals("running") && !knownHost) {
      notes.leaveOut("a running VM whose host is not in the database: it stays halted", name);
    } else if (!state.equals("halted") && !state.equals("running")) {
      notes.leaveOut("the state of a VM that is " + Names.plain(state) + ": it stays halted", name);
    }
  }

  /** Returns the balloon's upper limit with which a VM runs on a host, in bytes; 0 if none fits. */
  private long fit(HostPlan host, String name, Limits limits) {
    long before = taken.getOrDefault(host.name(), 0L);
    for (long target : new long[] {limits.high, limits.low}) {
      long after = before + Limits.footprint(target, limits.most);
      if (after <= host.guestBytes()) {
        taken.put(host.name(), after);
        if (target < limits.high) {
          notes.assume("a running VM at its dynamic_min: its host has no room for more", name);
        }
        return target;
      }
    }
    notes.leaveOut("a running VM that its host has no room for: it stays halted", name);
    return 0;
  }

  private static Map<String, Object> memory(Limits limits, long high) {
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put("static_max", limits.most + "B");
    if (limits.low < limits.most) {
      memory.put("dynamic", limits.low + "B.." + high + "B");
    }
    if (limits.least < limits.low) {
      memory.put("static_min", limits.least + "B");
    }
    return memory;
  }

  private static String domainType(Row vm) {
    return switch (vm.text("domain_type", "unspecified").toLowerCase(Locale.ROOT)) {
      case "hvm" -> "hvm";
      case "pvh" -> "pvh";
      case "pv", "pv_in_pvh" -> "pv";
      default -> vm.text("HVM__boot_policy", "").isEmpty() ? "pv" : "hvm";
    };
  }

  private void scheduling(
      Row vm, String name, Map<String, Object> result, long vcpus, HostPlan host) {
    Map<String, String> parameters = vm.map("VCPUs__params");
    long weight = whole(parameters.get("weight"), parameters.containsKey("weight") ? -1 : 256);
    if (weight < 1 || weight > 65_535) {
      notes.assume(
          "weight 256: what the database gives is not 1 to 65535",
          name + ", " + Names.plain(parameters.get("weight")));
    } else if (weight != 256) {
      result.put("weight", (int) weight);
    }
    long cap = whole(parameters.get("cap"), parameters.containsKey("cap") ? -1 : 0);
    if (cap < 0) {
      notes.assume(
          "no cap: what the database gives is not a whole number",
          name + ", " + Names.plain(parameters.get("cap")));
    } else if (cap > 0 && cap <= 100 * vcpus) {
      result.put("cap", cap + "%");
    } else if (cap > 0) {
      notes.leaveOut("a cap that the VM's vCPUs cannot reach", name);
    }
    affinity(parameters.getOrDefault("mask", "").strip(), name, result, vcpus, host);
  }

  /**
   * Each vCPU may run where the VM's mask and that of its host for guests both allow it: a filter,
   * as the toolstack has it.
   */
  private void affinity(
      String own, String name, Map<String, Object> result, long vcpus, HostPlan host) {
    String common = host == null ? "" : host.guestMask();
    if (own.isEmpty() && common.isEmpty()) {
      return;
    }
    int pcpus =
        host != null
            ? host.pcpus()
            : hosts.values().stream().mapToInt(HostPlan::pcpus).min().orElse(1);
    List<Set<Integer>> allowed = masks(own, pcpus);
    if (allowed.stream().anyMatch(Set::isEmpty)) {
      notes.leaveOut("an affinity mask that names no pCPU of the host", name);
      allowed = List.of();
    }
    List<Set<Integer>> filters = masks(common, pcpus);
    if (filters.stream().anyMatch(Set::isEmpty)) {
      notes.leaveOut("a host's mask for guests that names no pCPU of it", host.name());
      filters = List.of();
    }
    int masks = (int) Math.min(vcpus, Math.max(allowed.size(), filters.size()));
    List<String> texts = new ArrayList<>();
    for (int vcpu = 0; vcpu < masks; vcpu++) {
      Set<Integer> both = new TreeSet<>(ofVcpu(allowed.isEmpty() ? filters : allowed, vcpu));
      if (!filters.isEmpty()) {
        both.retainAll(ofVcpu(filters, vcpu));
      }
      if (both.isEmpty()) {
        notes.leaveOut("affinity masks of a VM and its host that have no pCPU in common", name);
        return;
      }
      texts.add(String.join(",", both.stream().map(String::valueOf).toList()));
    }
    if (!texts.isEmpty()) {
      result.put("affinity", texts);
    }
  }

  /** vCPUs beyond the list have its first mask. */
  private static Set<Integer> ofVcpu(List<Set<Integer>> masks, int vcpu) {
    return masks.get(vcpu < masks.size() ? vcpu : 0);
  }

  private static List<Set<Integer>> masks(String text, int pcpus) {
    List<Set<Integer>> masks = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String one : text.split(";", -1)) {
        masks.add(pcpus(one.strip(), pcpus));
      }
    }
    return masks;
  }

  /** Returns the pCPUs below {@code limit} of a list such as 0,2-5; none if it is not one. */
  private static Set<Integer> pcpus(String text, int limit) {
    Set<Integer> pcpus = new TreeSet<>();
    if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*")) {
      return pcpus;
    }
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      int last = Math.min(Integer.parseInt(ends[ends.length - 1]), Math.min(limit - 1, MOST_PCPU));
      for (int pcpu = Integer.parseInt(ends[0]); pcpu <= last; pcpu++) {
        pcpus.add(pcpu);
      }
    }
    return pcpus;
  }

  private List<Object> vifs(Row vm, String name) {
    List<Row> rows = new ArrayList<>(vifs.getOrDefault(vm.reference(), List.of()));
    rows.sort(Comparator.comparingLong(vif -> whole(vif.text("device", ""), Long.MAX_VALUE)));
    List<Object> result = new ArrayList<>();
    Set<Long> numbers = new LinkedHashSet<>();
    for (Row vif : rows) {
      Row network = database.follow(vif, "network", "network").orElse(null);
      long number = whole(vif.text("device", ""), -1);
      if (network == null || number < 0 || number > MOST_VIFS || !numbers.add(number)) {
        notes.leaveOut(
            "a VIF whose network or number is missing or taken",
            name + ", VIF " + Names.plain(vif.text("device", "without a number")));
        continue;
      }
      if (result.size() == MOST_VIFS) {
        notes.leaveOut("VIFs beyond " + MOST_VIFS + " of a VM", name);
        break;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("network", names.networks().of(network));
      one.put("device", (int) number);
      String mac = vif.text("MAC", "");
      if (mac.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
        one.put("mac", mac);
      } else {
        notes.assume(
            "a MAC address of its own: what the database gives is none",
            name + ", VIF " + number + (mac.isEmpty() ? "" : ", " + Names.plain(mac)));
      }
      limit(vif, name + ", VIF " + number, one);
      result.add(one);
    }
    return result;
  }

  private void limit(Row vif, String where, Map<String, Object> one) {
    String type = vif.text("qos__algorithm_type", "");
    if (type.isEmpty()) {
      return;
    }
    String given = vif.map("qos__algorithm_params").get("kbps");
    long kilobytes = whole(given, 0);
    if (!type.equals("ratelimit")) {
      notes.leaveOut("a VIF limit of a kind that is not known", where + ", " + Names.plain(type));
    } else if (kilobytes < 1 || kilobytes > MOST_KILOBYTES) {
      notes.leaveOut(
          "a VIF limit that is not 1 to " + MOST_KILOBYTES + " kB/s",
          where + ", " + Names.plain(given == null ? "none given" : given));
    } else {
      one.put("limit", kilobytes + "kB/s");
    }
  }
}
