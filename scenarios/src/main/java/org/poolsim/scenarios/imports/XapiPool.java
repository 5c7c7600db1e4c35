// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/**
 * Turns a pool database into a scenario: hosts, CPUs, memory, dom0, networks, storage, GPUs, HA and
 * the VMs where they run. What the database does not hold gets a stated default; what the language
 * cannot say is left out and listed.
 */
public final class XapiPool {
  private static final long MIB = 1L << 20;

  /** Assumed where no PIF_metrics row gives a link's speed. */
  private static final long DEFAULT_PIF_MBPS = 1_000;

  /** xapi writes this for a link without carrier. */
  private static final long NO_CARRIER_MBPS = 65_535;

  private final XapiDatabase database;
  private final Names hostNames = new Names();
  private final Names networkNames = new Names();
  private final Names srNames = new Names();
  private final Names vmNames = new Names();
  private final List<String> leftOut = new ArrayList<>();

  /** What was assumed, with the objects that it was assumed for. */
  private final Map<String, List<String>> assumed = new LinkedHashMap<>();

  private final Set<String> usedNetworks = new LinkedHashSet<>();

  private XapiPool(XapiDatabase database) {
    this.database = database;
  }

  /**
   * Converts a database.
   *
   * @param name the scenario's name
   * @throws ImportException if a value that matters is malformed or there is no host
   */
  public static ImportedPool convert(XapiDatabase database, String name) {
    return new XapiPool(database).convert(name);
  }

  private ImportedPool convert(String name) {
    if (database.rows("host").isEmpty()) {
      throw new ImportException(
          "the database has no host: expected a table host with at least one row");
    }
    Map<String, Object> scenario = new LinkedHashMap<>();
    scenario.put("poolsim", 1);
    scenario.put("name", name);
    scenario.put("about", "pool imported from a xapi database, schema " + database.schema());
    scenario.put("duration", "1h");
    Map<String, Object> pool = new LinkedHashMap<>();
    scenario.put("pool", pool);
    Row poolRow = database.rows("pool").stream().findFirst().orElse(null);
    if (poolRow != null && !poolRow.label().isBlank()) {
      pool.put("name", poolRow.label());
    }
    if (poolRow != null && poolRow.has("uuid")) {
      pool.put("uuid", poolRow.uuid());
    }
    List<Object> hosts = new ArrayList<>();
    for (Row host : hostsCoordinatorFirst(poolRow)) {
      hosts.add(host(host));
    }
    List<Object> arrays = new ArrayList<>();
    List<Object> storage = new ArrayList<>();
    for (Row sr : database.rows("SR")) {
      storage(sr, arrays, storage);
    }
    List<Object> vms = vms();
    pool.put("hosts", hosts);
    pool.put("networks", networks());
    if (!arrays.isEmpty()) {
      pool.put("arrays", arrays);
      pool.put("storage", storage);
    }
    ha(poolRow, pool);
    if (!vms.isEmpty()) {
      scenario.put("vms", vms);
      assume(
          "demand: every VM is idle; give each a workload, or its history with `poolsim import rrd`",
          "all VMs");
    }
    return new ImportedPool(scenario, assumptions(), List.copyOf(leftOut));
  }

  private List<Row> hostsCoordinatorFirst(Row pool) {
    List<Row> hosts = new ArrayList<>(database.rows("host"));
    String coordinator = pool == null ? "" : pool.text("master", "");
    hosts.sort(Comparator.comparing((Row host) -> !host.reference().equals(coordinator)));
    return hosts;
  }

  // Hosts

  private Map<String, Object> host(Row host) {
    String name = hostNames.of(host);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    uuid(host, result);
    result.put("cpu", cpu(host, name));
    result.put("memory", memory(host, name) + "B");
    result.put("dom0", dom0(host, name));
    nics(host, name, result);
    List<String> gpus =
        database.rows("PGPU").stream()
            .filter(gpu -> gpu.text("host", "").equals(host.reference()))
            .map(this::gpu)
            .toList();
    if (!gpus.isEmpty()) {
      result.put("gpus", gpus);
    }
    return result;
  }

  private Map<String, Object> cpu(Row host, String name) {
    List<Row> cpus =
        database.rows("host_cpu").stream()
            .filter(cpu -> cpu.text("host", "").equals(host.reference()))
            .toList();
    Map<String, String> info = host.map("cpu_info");
    long count = number(info.get("cpu_count"), cpus.size());
    if (count <= 0) {
      count = 4;
      assume("4 pCPUs: the database names none", name);
    }
    long sockets = number(info.get("socket_count"), 0);
    if (sockets <= 0 || count % sockets != 0) {
      sockets = 1;
      assume("one socket, one thread a core: the database does not say", name);
    } else {
      assume("one thread a core: the database does not say which pCPUs share a core", name);
    }
    double mhz =
        decimal(info.get("speed"), cpus.isEmpty() ? 0 : (double) cpus.get(0).number("speed", 0));
    if (mhz <= 0) {
      mhz = 2_500;
      assume("a clock of 2.5 GHz: the database does not say", name);
    }
    Map<String, Object> cpu = new LinkedHashMap<>();
    cpu.put("sockets", (int) sockets);
    cpu.put("cores", (int) (count / sockets));
    cpu.put("clock", trimmed(mhz) + "MHz");
    String policy = host.text("sched_policy", "");
    switch (policy) {
      case "credit", "" -> cpu.put("scheduler", "credit-xenserver");
      case "credit2", "rtds", "null" -> cpu.put("scheduler", policy);
      default -> {
        cpu.put("scheduler", "credit-xenserver");
        assume("scheduler credit-xenserver instead of " + policy, name);
      }
    }
    return cpu;
  }

  private long memory(Row host, String name) {
    long total =
        database
            .follow(host, "metrics", "host_metrics")
            .map(metrics -> metrics.number("memory__total", 0))
            .orElse(0L);
    if (total > 0) {
      return total;
    }
    // Old dumps have no host_metrics rows: what was free at boot, and what dom0 and Xen had taken
    // before.
    long free = host.number("boot_free_mem", 0);
    long dom0 = controlDomain(host).map(vm -> vm.number("memory__static_max", 0)).orElse(0L);
    if (free > 0) {
      assume("memory: free at boot plus dom0 and Xen, as there is no host_metrics row", name);
      return free + dom0 + host.number("memory__overhead", 0);
    }
    // Nothing at all: enough for everything that runs there.
    long guests =
        residents(host).stream()
            .mapToLong(vm -> vm.number("memory__static_max", 0))
            .reduce(0, Math::addExact);
    long guess = roundUp(2 * (guests + Math.max(dom0, 1024 * MIB)), 1024 * MIB);
    assume("memory: twice what dom0 and its VMs have, as the database does not hold it", name);
    return guess;
  }

  private Map<String, Object> dom0(Row host, String name) {
    Map<String, Object> dom0 = new LinkedHashMap<>();
    Row domain = controlDomain(host).orElse(null);
    if (domain == null) {
      assume("dom0 as the installer sizes it: the database has no control domain", name);
      return dom0;
    }
    long vcpus =
        database
            .follow(domain, "metrics", "VM_metrics")
            .map(metrics -> metrics.number("VCPUs__number", 0))
            .filter(count -> count > 0)
            .orElse(domain.number("VCPUs__max", 0));
    if (vcpus > 0) {
      dom0.put("vcpus", (int) vcpus);
    }
    long memory =
        Math.max(domain.number("memory__dynamic_max", 0), domain.number("memory__target", 0));
    if (memory <= 0) {
      memory = domain.number("memory__static_max", 0);
    }
    if (memory > 0) {
      dom0.put("memory", memory + "B");
    }
    return dom0;
  }

  private java.util.Optional<Row> controlDomain(Row host) {
    return residents(host).stream().filter(vm -> vm.is("is_control_domain")).findFirst();
  }

  private List<Row> residents(Row host) {
    return database.rows("VM").stream()
        .filter(vm -> vm.text("resident_on", "").equals(host.reference()))
        .toList();
  }

  private String gpu(Row gpu) {
    String label =
        database
            .follow(gpu, "PCI", "PCI")
            .map(pci -> pci.text("device_name", ""))
            .filter(text -> !text.isBlank())
            .orElse("");
    return label.isEmpty() ? gpu.uuid() : label;
  }

  // Networks

  private void nics(Row host, String name, Map<String, Object> result) {
    List<Row> pifs =
        database.rows("PIF").stream()
            .filter(pif -> pif.text("host", "").equals(host.reference()))
            .toList();
    Map<String, String> devices = new HashMap<>();
    List<Object> physical = new ArrayList<>();
    for (Row pif : sortedByDevice(pifs)) {
      if (isPhysical(pif)) {
        String device = pif.text("device", "");
        devices.put(pif.reference(), device);
        Map<String, Object> nic = new LinkedHashMap<>();
        nic.put("name", device);
        uuid(pif, nic);
        nic.put("speed", speed(pif, name + " " + device) + "Mbps");
        attach(pif, nic);
        physical.add(nic);
      }
    }
    List<Object> bonds = new ArrayList<>();
    for (Row bond : database.rows("Bond")) {
      Row master = database.follow(bond, "master", "PIF").orElse(null);
      if (master == null || !master.text("host", "").equals(host.reference())) {
        continue;
      }
      List<String> members =
          sortedByDevice(pifs).stream()
              .filter(pif -> pif.text("bond_slave_of", "").equals(bond.reference()))
              .map(pif -> pif.text("device", ""))
              .toList();
      if (members.isEmpty()) {
        leftOut.add(
            "bond "
                + master.text("device", "")
                + " of "
                + name
                + ": none of its members is in the database");
        continue;
      }
      devices.put(master.reference(), master.text("device", ""));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", master.text("device", ""));
      uuid(bond, one);
      one.put("of", members);
      one.put("mode", bondMode(bond));
      attach(master, one);
      bonds.add(one);
    }
    List<Object> vlans = new ArrayList<>();
    for (Row vlan : database.rows("VLAN")) {
      Row tagged = database.follow(vlan, "tagged_PIF", "PIF").orElse(null);
      Row untagged = database.follow(vlan, "untagged_PIF", "PIF").orElse(null);
      if (tagged == null || untagged == null || !devices.containsKey(tagged.reference())) {
        continue;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("on", devices.get(tagged.reference()));
      one.put("tag", (int) vlan.number("tag", 0));
      attach(untagged, one);
      if (one.containsKey("network")) {
        vlans.add(one);
      }
    }
    put(result, "pifs", physical);
    put(result, "bonds", bonds);
    put(result, "vlans", vlans);
  }

  private static List<Row> sortedByDevice(List<Row> pifs) {
    List<Row> sorted = new ArrayList<>(pifs);
    sorted.sort(Comparator.comparing((Row pif) -> pif.text("device", "")));
    return sorted;
  }

  private static boolean isPhysical(Row pif) {
    if (pif.has("physical")) {
      return pif.is("physical");
    }
    return pif.number("VLAN", -1) < 0 && pif.set("bond_master_of").isEmpty();
  }

  private long speed(Row pif, String where) {
    long speed =
        database
            .follow(pif, "metrics", "PIF_metrics")
            .map(metrics -> metrics.number("speed", 0))
            .orElse(0L);
    if (speed > 0 && speed < NO_CARRIER_MBPS) {
      return speed;
    }
    assume("a link speed of 1 Gbit/s: the database has no metrics or no carrier", where);
    return DEFAULT_PIF_MBPS;
  }

  private static String bondMode(Row bond) {
    // Schemas before 5.60 have no mode: those bonds are source load balancing.
    return switch (bond.text("mode", "balance-slb")) {
      case "active-backup" -> "active-backup";
      case "lacp" -> "lacp";
      default -> "balance-slb";
    };
  }

  private void attach(Row pif, Map<String, Object> nic) {
    database
        .follow(pif, "network", "network")
        .ifPresent(
            network -> {
              usedNetworks.add(network.reference());
              if (!pif.has("bond_slave_of")
                  || database.find("Bond", pif.text("bond_slave_of", "")).isEmpty()) {
                nic.put("network", networkNames.of(network));
              }
            });
  }

  private List<Object> networks() {
    List<Object> result = new ArrayList<>();
    for (Row network : database.rows("network")) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", networkNames.of(network));
      uuid(network, one);
      long mtu = network.number("MTU", 1500);
      if (mtu >= 68 && mtu <= 65_535 && mtu != 1500) {
        one.put("mtu", mtu + "B");
      }
      result.add(one);
    }
    return result;
  }

  // Storage

  private void storage(Row sr, List<Object> arrays, List<Object> storage) {
    String name = srNames.of(sr);
    String type = srType(sr);
    if (type == null) {
      leftOut.add(
          "SR " + name + ": its type " + sr.text("type", "") + " holds no disks or is not known");
      return;
    }
    List<Row> pbds =
        database.rows("PBD").stream()
            .filter(pbd -> pbd.text("SR", "").equals(sr.reference()))
            .toList();
    Set<String> hosts = new LinkedHashSet<>();
    for (Row pbd : pbds) {
      Row host = database.follow(pbd, "host", "host").orElse(null);
      if (host == null) {
        continue;
      }
      if (pbd.is("currently_attached")) {
        hosts.add(hostNames.of(host));
      } else {
        leftOut.add("the PBD of SR " + name + " on " + hostNames.of(host) + ": it is not attached");
      }
    }
    if (hosts.isEmpty()) {
      leftOut.add("SR " + name + ": it is attached to no host");
      return;
    }
    boolean shared = sr.is("shared");
    Map<String, Object> array = new LinkedHashMap<>();
    array.put("name", name);
    array.put("device", shared ? "ssd-sata" : "hdd-7200");
    if (shared) {
      array.put("devices", 8);
      array.put("raid", "10");
      array.put("link", "1Gbps");
      assume(
          "eight SATA SSDs in RAID 10 behind a 1 Gbit/s link: the database does not know the device",
          "SR " + name);
    } else {
      assume("one 7200-rpm disk: the database does not know the device", "SR " + name);
    }
    arrays.add(array);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", name);
    uuid(sr, one);
    one.put("type", type);
    one.put("on", Map.of("array", name));
    one.put("shared", shared);
    long size = sr.number("physical_size", -1);
    if (size >= MIB) {
      one.put("size", size + "B");
    }
    one.put("pbds", new ArrayList<>(hosts));
    storage.add(one);
    converted.add(sr.reference());
  }

  private final Set<String> converted = new LinkedHashSet<>();

  private static String srType(Row sr) {
    return switch (sr.text("type", "").toLowerCase(Locale.ROOT)) {
      case "ext", "ext4", "xfs", "zfs", "btrfs", "file", "largeblock" -> "ext";
      case "lvm" -> "lvm";
      case "nfs", "cephfs", "glusterfs", "moosefs" -> "nfs";
      case "smb", "cifs" -> "smb";
      case "lvmoiscsi", "netapp", "equal", "cslg", "egenera" -> "lvmoiscsi";
      case "lvmohba", "lvmofcoe" -> "lvmohba";
      case "gfs2" -> "gfs2";
      case "rawhba" -> "rawhba";
      case "iscsi" -> "rawiscsi";
      default -> null;
    };
  }

  // HA

  private static void ha(Row pool, Map<String, Object> result) {
    if (pool == null || !pool.is("ha_enabled")) {
      return;
    }
    Map<String, Object> ha = new LinkedHashMap<>();
    ha.put("enabled", true);
    Long timeout = seconds(pool.map("ha_configuration").get("timeout"));
    if (timeout != null) {
      ha.put("timeout", timeout + "s");
    }
    ha.put(
        "host_failures_to_tolerate",
        (int) Math.min(10_000, pool.number("ha_host_failures_to_tolerate", 0)));
    result.put("ha", ha);
  }

  private static Long seconds(String text) {
    long value = number(text, 0);
    return value >= 1 && value <= 3600 ? value : null;
  }

  // VMs

  private List<Object> vms() {
    List<Object> result = new ArrayList<>();
    Map<String, Integer> states = new TreeMap<>();
    for (Row vm : database.rows("VM")) {
      if (PoolSummary.isUserVm(vm)) {
        result.add(vm(vm, states));
      }
    }
    states.forEach(
        (state, count) -> leftOut.add(count + " VMs are " + state + ": they stay halted"));
    return result;
  }

  private Map<String, Object> vm(Row vm, Map<String, Integer> states) {
    String name = vmNames.of(vm);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    uuid(vm, result);
    result.put("type", domainType(vm));
    long vcpus = Math.max(1, vm.number("VCPUs__at_startup", vm.number("VCPUs__max", 1)));
    result.put("vcpus", (int) vcpus);
    result.put("memory", memory(vm));
    scheduling(vm, result, vcpus);
    disks(vm, name, result);
    vifs(vm, name, result);
    String state = vm.text("power_state", "Halted");
    Row host = database.follow(vm, "resident_on", "host").orElse(null);
    boolean running = state.equals("Running") && host != null;
    if (running) {
      result.put("host", hostNames.of(host));
    }
    if (state.equals("Suspended") || state.equals("Paused")) {
      states.merge(state.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    result.put("power_state", running ? "running" : "halted");
    return result;
  }

  private static String domainType(Row vm) {
    return switch (vm.text("domain_type", "unspecified")) {
      case "hvm" -> "hvm";
      case "pvh" -> "pvh";
      case "pv", "pv_in_pvh" -> "pv";
      default -> vm.text("HVM__boot_policy", "").isEmpty() ? "pv" : "hvm";
    };
  }

  private static Map<String, Object> memory(Row vm) {
    long most = Math.max(MIB, vm.number("memory__static_max", 256 * MIB));
    long high = clamp(vm.number("memory__dynamic_max", most), MIB, most);
    long low = clamp(vm.number("memory__dynamic_min", high), MIB, high);
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put("static_max", most + "B");
    if (low < most) {
      memory.put("dynamic", low + "B.." + high + "B");
    }
    long least = vm.number("memory__static_min", low);
    if (least >= 0 && least < low) {
      memory.put("static_min", least + "B");
    }
    return memory;
  }

  private void scheduling(Row vm, Map<String, Object> result, long vcpus) {
    Map<String, String> parameters = vm.map("VCPUs__params");
    long weight = number(parameters.get("weight"), 256);
    if (weight != 256 && weight >= 1 && weight <= 65_535) {
      result.put("weight", (int) weight);
    }
    long cap = number(parameters.get("cap"), 0);
    if (cap > 0 && cap <= 100 * vcpus) {
      result.put("cap", cap + "%");
    }
    String mask = parameters.getOrDefault("mask", "");
    if (mask.matches("[0-9]+(,[0-9]+)*(;[0-9]+(,[0-9]+)*)*")) {
      result.put("affinity", List.of(mask.split(";")));
    } else if (!mask.isEmpty()) {
      leftOut.add(
          "the mask \"" + mask + "\" of VM " + vmNames.of(vm) + ": it is not a list of pCPUs");
    }
  }

  private void disks(Row vm, String name, Map<String, Object> result) {
    List<Object> disks = new ArrayList<>();
    List<Row> vbds =
        new ArrayList<>(
            database.rows("VBD").stream()
                .filter(
                    vbd ->
                        vbd.text("VM", "").equals(vm.reference())
                            && vbd.text("type", "Disk").equalsIgnoreCase("disk"))
                .toList());
    vbds.sort(Comparator.comparingLong(vbd -> position(vbd.text("userdevice", ""))));
    Set<String> devices = new LinkedHashSet<>();
    for (Row vbd : vbds) {
      Row vdi = database.follow(vbd, "VDI", "VDI").orElse(null);
      Row sr = vdi == null ? null : database.follow(vdi, "SR", "SR").orElse(null);
      if (vdi == null || sr == null || !converted.contains(sr.reference())) {
        leftOut.add(
            "disk "
                + vbd.text("userdevice", "?")
                + " of VM "
                + name
                + ": its image or SR is not in the scenario");
        continue;
      }
      Map<String, Object> disk = new LinkedHashMap<>();
      disk.put("name", vdi.uuid());
      disk.put("sr", srNames.of(sr));
      disk.put("size", Math.max(MIB, vdi.number("virtual_size", MIB)) + "B");
      String device = device(vbd);
      if (devices.add(device)) {
        disk.put("device", device);
      }
      if (vbd.text("mode", "RW").equalsIgnoreCase("RO")) {
        disk.put("mode", "read-only");
      }
      disks.add(disk);
    }
    put(result, "disks", disks);
  }

  private static long position(String userdevice) {
    return number(userdevice, Long.MAX_VALUE);
  }

  private static String device(Row vbd) {
    String device = vbd.text("device", "");
    if (!device.isEmpty()) {
      return device;
    }
    long position = position(vbd.text("userdevice", ""));
    return position < 26 ? "xvd" + (char) ('a' + position) : "xvd-" + vbd.uuid();
  }

  private void vifs(Row vm, String name, Map<String, Object> result) {
    List<Object> vifs = new ArrayList<>();
    List<Row> rows =
        new ArrayList<>(
            database.rows("VIF").stream()
                .filter(vif -> vif.text("VM", "").equals(vm.reference()))
                .toList());
    rows.sort(Comparator.comparingLong(vif -> vif.number("device", 0)));
    for (Row vif : rows) {
      Row network = database.follow(vif, "network", "network").orElse(null);
      if (network == null) {
        leftOut.add(
            "VIF "
                + vif.text("device", "?")
                + " of VM "
                + name
                + ": its network is not in the database");
        continue;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("network", networkNames.of(network));
      one.put("device", (int) vif.number("device", 0));
      if (vif.has("MAC")) {
        one.put("mac", vif.text("MAC", ""));
      }
      long kbps = number(vif.map("qos__algorithm_params").get("kbps"), 0);
      if (kbps > 0 && vif.text("qos__algorithm_type", "").equals("ratelimit")) {
        one.put("limit", kbps + "kB/s");
      }
      vifs.add(one);
    }
    put(result, "vifs", vifs);
  }

  // Shared

  private void assume(String what, String where) {
    assumed.computeIfAbsent(what, key -> new ArrayList<>()).add(where);
  }

  private List<String> assumptions() {
    List<String> lines = new ArrayList<>();
    assumed.forEach(
        (what, where) -> {
          List<String> shown = where.size() > 8 ? where.subList(0, 8) : where;
          lines.add(
              what + " (" + String.join(", ", shown) + (where.size() > 8 ? ", ..." : "") + ")");
        });
    return lines;
  }

  private static void uuid(Row row, Map<String, Object> result) {
    if (!row.uuid().isEmpty()) {
      result.put("uuid", row.uuid());
    }
  }

  private static void put(Map<String, Object> result, String key, List<Object> list) {
    if (!list.isEmpty()) {
      result.put(key, list);
    }
  }

  private static long number(String text, long absent) {
    if (text == null || !text.matches("[0-9]{1,18}")) {
      return absent;
    }
    return Long.parseLong(text);
  }

  private static double decimal(String text, double absent) {
    if (text == null || !text.matches("[0-9]{1,12}(\\.[0-9]*)?")) {
      return absent;
    }
    return Double.parseDouble(text);
  }

  private static String trimmed(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  private static long roundUp(long value, long unit) {
    return (value + unit - 1) / unit * unit;
  }
}
