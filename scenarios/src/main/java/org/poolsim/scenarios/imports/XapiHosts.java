// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import static org.poolsim.scenarios.imports.XapiNumbers.clamp;
import static org.poolsim.scenarios.imports.XapiNumbers.decimal;
import static org.poolsim.scenarios.imports.XapiNumbers.whole;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.poolsim.engine.data.Owner;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** Hosts: pCPUs, memory, dom0 and GPUs. */
final class XapiHosts {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long MOST_MEMORY = 64L << 40;
  private static final int MOST_GPUS = 64;
  private static final int MOST_CORES = 512;
  private static final int MOST_SOCKETS = 64;

  private final XapiDatabase database;
  private final PoolNames names;
  private final ImportNotes notes;
  private final XapiNetworks networks;
  private final XapiAlarms alarms;
  private final Map<String, List<Row>> cpus;
  private final Map<String, List<Row>> gpus;
  private final Map<String, List<Row>> residents;

  XapiHosts(
      XapiDatabase database,
      PoolNames names,
      ImportNotes notes,
      XapiNetworks networks,
      XapiAlarms alarms) {
    this.database = database;
    this.names = names;
    this.notes = notes;
    this.networks = networks;
    this.alarms = alarms;
    this.cpus = database.grouped("host_cpu", "host");
    this.gpus = database.grouped("PGPU", "host");
    this.residents = database.grouped("VM", "resident_on");
  }

  /** Returns the hosts by reference, the coordinator first. */
  Map<String, HostPlan> plans() {
    List<Row> hosts = database.rows("host");
    Row pool = database.rows("pool").stream().findFirst().orElse(null);
    String coordinator = pool == null ? "" : pool.text("master", "");
    if (database.find("host", coordinator).isEmpty() && hosts.size() > 1) {
      notes.assume("the first host is the coordinator: the database does not say", "the pool");
    }
    hosts.sort(Comparator.comparing((Row host) -> !host.reference().equals(coordinator)));
    Map<String, HostPlan> plans = new LinkedHashMap<>();
    hosts.forEach(host -> plans.put(host.reference(), plan(host)));
    return plans;
  }

  private HostPlan plan(Row host) {
    String name = names.hosts().of(host);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    if (XapiNumbers.hasUuid(host)) {
      result.put("uuid", host.uuid());
    }
    Map<String, Object> cpu = cpu(host, name);
    int pcpus = (Integer) cpu.get("sockets") * (Integer) cpu.get("cores");
    result.put("cpu", cpu);
    Row domain = controlDomain(host).orElse(null);
    long dom0Bytes = dom0Memory(domain);
    long xenBytes = host.number("memory__overhead", 0);
    xenBytes = xenBytes > 0 && xenBytes <= 1L << 40 ? xenBytes : 0;
    long memory = stated(host);
    boolean assumed = memory <= 0;
    if (assumed) {
      memory = assumed(host, name, dom0Bytes, xenBytes);
    }
    memory = clamp(memory, 256 * MIB, MOST_MEMORY);
    long xen = xenBytes > 0 ? xenBytes : HostSpec.defaultXenMemoryBytes(memory);
    if (dom0Bytes > 0 && dom0Bytes + xen >= memory) {
      notes.assume(
          "dom0 as the installer sizes it: what the database gives exceeds the host", name);
      dom0Bytes = 0;
      xenBytes = 0;
    }
    result.put("memory", memory + "B");
    if (xenBytes > 0) {
      result.put("xen_memory", xenBytes + "B");
    }
    result.put("dom0", dom0(domain, name, dom0Bytes));
    networks.attach(host, name, result);
    gpus(host, name, result);
    alarms.carry(host, Owner.Kind.HOST, name, result);
    if (domain != null) {
      alarms.ofControlDomain(domain, name);
    }
    HostPlan plan = new HostPlan(name, pcpus, result, memory, assumed, xenBytes, dom0Bytes);
    String mask = host.map("guest_VCPUs_params").getOrDefault("mask", "");
    if (plan.guestBytes() <= 0) {
      // A total below what Xen and dom0 need is not a measured one.
      plan = new HostPlan(name, pcpus, result, memory, true, xenBytes, dom0Bytes);
      plan.raiseTo(GIB);
      notes.assume("more memory: what the database gives does not even hold dom0", name);
    }
    plan.guestMask(mask.strip());
    return plan;
  }

  private Map<String, Object> cpu(Row host, String name) {
    List<Row> rows = cpus.getOrDefault(host.reference(), List.of());
    Map<String, String> info = host.map("cpu_info");
    long count = whole(info.get("cpu_count"), 0);
    if (count <= 0) {
      count = rows.size();
    }
    if (count <= 0) {
      count = 4;
      notes.assume("4 pCPUs: the database names none", name);
    }
    long sockets = whole(info.get("socket_count"), 0);
    boolean divides =
        sockets > 0
            && sockets <= MOST_SOCKETS
            && count % sockets == 0
            && count / sockets <= MOST_CORES;
    if (divides) {
      notes.assume("one thread a core: the database does not say which pCPUs share a core", name);
    } else {
      sockets = 1;
      while (count / sockets > MOST_CORES) {
        sockets *= 2;
      }
      count = Math.min(count, (long) MOST_CORES * MOST_SOCKETS);
      sockets = Math.min(sockets, MOST_SOCKETS);
      notes.assume("as few sockets as can be, one thread a core: the database does not say", name);
    }
    double mhz =
        decimal(info.get("speed"), rows.isEmpty() ? 0 : (double) rows.get(0).number("speed", 0));
    if (mhz < 1 || mhz > 100_000) {
      mhz = 2_500;
      notes.assume("a clock of 2.5 GHz: the database does not say", name);
    }
    Map<String, Object> cpu = new LinkedHashMap<>();
    cpu.put("sockets", (int) sockets);
    cpu.put("cores", (int) (count / sockets));
    cpu.put("clock", Math.round(mhz * 1_000) + "kHz");
    scheduler(host, name, cpu);
    granularity(host, name, cpu);
    return cpu;
  }

  private void granularity(Row host, String name, Map<String, Object> cpu) {
    String granularity = host.text("sched_gran", "");
    switch (granularity) {
      case "", "cpu" -> {}
      case "core", "socket" -> cpu.put("granularity", granularity);
      default ->
          notes.assume(
              "scheduling granularity cpu: what the database gives is none",
              name + ", " + Names.plain(granularity));
    }
  }

  private void scheduler(Row host, String name, Map<String, Object> cpu) {
    String policy = host.text("sched_policy", "");
    switch (policy) {
      case "credit" -> cpu.put("scheduler", "credit-xenserver");
      case "" -> {
        cpu.put("scheduler", "credit-xenserver");
        notes.assume("scheduler credit-xenserver: the database does not say", name);
      }
      case "credit2" -> cpu.put("scheduler", "credit2");
      default -> {
        cpu.put("scheduler", "credit-xenserver");
        notes.assume(
            "scheduler credit-xenserver instead of "
                + Names.plain(policy)
                + ", which has no fluid model",
            name);
      }
    }
  }

  private long stated(Row host) {
    return database
        .follow(host, "metrics", "host_metrics")
        .map(metrics -> metrics.number("memory__total", 0))
        .orElse(0L);
  }

  private long assumed(Row host, String name, long dom0Bytes, long xenBytes) {
    // Old dumps have no host_metrics rows: what was free at boot, and what dom0 and Xen had taken
    // before.
    long free = host.number("boot_free_mem", 0);
    if (free > 0 && free < MOST_MEMORY) {
      notes.assume(
          "memory: what was free at boot, dom0's and Xen's, as there is no host_metrics row", name);
      long sum = free + Math.max(0, dom0Bytes);
      return sum + (xenBytes > 0 ? xenBytes : HostSpec.defaultXenMemoryBytes(sum));
    }
    notes.assume("memory of 16 GiB, or enough for its VMs: the database does not say", name);
    return 16 * GIB;
  }

  private long dom0Memory(Row domain) {
    if (domain == null) {
      return 0;
    }
    long memory =
        Math.max(domain.number("memory__dynamic_max", 0), domain.number("memory__target", 0));
    if (memory <= 0) {
      memory = domain.number("memory__static_max", 0);
    }
    return memory >= 64 * MIB && memory <= 1L << 40 ? memory : 0;
  }

  private Map<String, Object> dom0(Row domain, String name, long bytes) {
    Map<String, Object> dom0 = new LinkedHashMap<>();
    if (domain == null) {
      notes.assume("dom0 as the installer sizes it: the database has no control domain", name);
      return dom0;
    }
    long vcpus =
        database
            .follow(domain, "metrics", "VM_metrics")
            .map(metrics -> metrics.number("VCPUs__number", 0))
            .filter(count -> count > 0)
            .orElse(domain.number("VCPUs__max", 0));
    if (vcpus > 0 && vcpus <= 4096) {
      dom0.put("vcpus", (int) vcpus);
    }
    if (bytes > 0) {
      dom0.put("memory", bytes + "B");
    }
    return dom0;
  }

  private Optional<Row> controlDomain(Row host) {
    // Since schema 5.90 the host names it; driver domains are control domains too.
    Optional<Row> named = database.follow(host, "control_domain", "VM");
    if (named.isPresent()) {
      return named;
    }
    return residents.getOrDefault(host.reference(), List.of()).stream()
        .filter(vm -> vm.is("is_control_domain") && !vm.is("is_a_template"))
        .findFirst();
  }

  private void gpus(Row host, String name, Map<String, Object> result) {
    List<Row> rows = gpus.getOrDefault(host.reference(), List.of());
    if (rows.size() > MOST_GPUS) {
      notes.leaveOut("GPUs beyond " + MOST_GPUS + " of a host", name);
    }
    List<String> labels = rows.stream().limit(MOST_GPUS).map(this::gpu).toList();
    if (!labels.isEmpty()) {
      result.put("gpus", labels);
    }
  }

  private String gpu(Row gpu) {
    return database
        .follow(gpu, "PCI", "PCI")
        .map(pci -> pci.text("device_name", ""))
        .filter(text -> !text.isBlank())
        .map(Names::plain)
        .orElse(gpu.uuid().isEmpty() ? "GPU" : gpu.uuid());
  }
}
