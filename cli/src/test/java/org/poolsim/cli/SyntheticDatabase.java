// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Writes databases as pools of several ages leave them: which tables and columns there are, and how
 * spaces are escaped, goes by the schema. It counts what it writes, so that a reader can be held
 * against it.
 */
final class SyntheticDatabase {
  private static final long GIB = 1L << 30;

  /** Since this schema a row's creation and change are in it. */
  private static final int SCHEMA_WITH_TIMES = 63;

  /** Since this schema a bond says its mode. */
  private static final int SCHEMA_WITH_BOND_MODE = 60;

  /** Since this schema a host names its control domain. */
  private static final int SCHEMA_WITH_CONTROL_DOMAIN = 90;

  /** Since this schema a VM says its type. */
  private static final int SCHEMA_WITH_DOMAIN_TYPE = 137;

  /**
   * What a pool is like.
   *
   * @param minor of the schema, 55 to 909
   * @param hosts number of hosts
   * @param vms running VMs of each host
   * @param bonded whether each host has a bond of two and a VLAN on it
   * @param ha whether HA is on
   * @param gpus whether hosts have a GPU
   * @param odd whether labels hold every character that escaping, XML and YAML know
   * @param metrics whether there are tables of metrics
   * @param dangling whether some references lead nowhere
   */
  record Shape(
      int minor,
      int hosts,
      int vms,
      boolean bonded,
      boolean ha,
      boolean gpus,
      boolean odd,
      boolean metrics,
      boolean dangling) {}

  private static final String ODD =
      "a 'quoted' \\ back  two %% per cent <&> \" [1..3] {x: y} #no \u00e9\u4e2d\ud83d\ude00 *&anchor";

  private final Shape shape;
  private final SplittableRandom random;
  private final Map<String, StringBuilder> tables = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private long number;

  private SyntheticDatabase(Shape shape, long seed) {
    this.shape = shape;
    random = new SplittableRandom(seed);
  }

  /** A database and what is in it, under the names of {@code --summary}. */
  record Written(String xml, Map<String, Long> counts) {}

  static Written of(Shape shape, long seed) {
    SyntheticDatabase database = new SyntheticDatabase(shape, seed);
    database.pool();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<database>");
    xml.append("<manifest><pair key=\"schema_major_vsn\" value=\"5\"/>")
        .append("<pair key=\"schema_minor_vsn\" value=\"" + shape.minor + "\"/>")
        .append("<pair key=\"generation_count\" value=\"" + database.number + "\"/>");
    if (shape.minor <= 66) {
      xml.append("<pair key=\"pool_conf\" value=\"master\"/><pair key=\"pool_token\" value=\"\"/>");
    }
    xml.append("</manifest>");
    database.tables.forEach(
        (name, rows) ->
            xml.append("<table name=\"" + name + "\">").append(rows).append("</table>\n"));
    return new Written(xml.append("</database>").toString(), database.counts);
  }

  private void count(String what, long amount) {
    counts.merge(what, amount, Long::sum);
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Adds a row of columns given as name, value, name, value; returns its reference. */
  private String row(String table, String... columns) {
    String uuid = uuid();
    return named(table, "OpaqueRef:" + uuid, uuid, columns);
  }

  private String named(String table, String reference, String uuid, String... columns) {
    StringBuilder row =
        tables.computeIfAbsent(table, key -> new StringBuilder()).append("<row ref=\"");
    row.append(reference).append("\" _ref=\"").append(reference);
    row.append("\" uuid=\"").append(uuid).append('"');
    if (shape.minor >= SCHEMA_WITH_TIMES) {
      row.append(" __ctime=\"" + number++ + "\" __mtime=\"" + number++ + "\"");
    }
    for (int i = 0; i < columns.length; i += 2) {
      if (columns[i + 1] != null) {
        row.append(' ').append(columns[i]).append("=\"").append(escape(columns[i + 1])).append('"');
      }
    }
    row.append(" a_column_of_tomorrow=\"()\"/>");
    return reference;
  }

  /** The layer of the database, then that of XML. */
  private String escape(String text) {
    String escaped = text.replace("%", "%%").replace("\t", "%t").replace("\n", "%n");
    // Old writers kept single spaces.
    escaped = shape.minor <= 66 ? escaped.replace("  ", "%_") : escaped.replace(" ", "%.");
    return escaped
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String set(List<String> elements) {
    StringBuilder text = new StringBuilder("(");
    elements.forEach(
        element ->
            text.append(text.length() > 1 ? " '" : "'").append(quoted(element)).append('\''));
    return text.append(')').toString();
  }

  private static String map(String... entries) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < entries.length; i += 2) {
      text.append(i > 0 ? " ('" : "('").append(quoted(entries[i])).append("' '");
      text.append(quoted(entries[i + 1])).append("')");
    }
    return text.append(')').toString();
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }

  private String label(String plain) {
    return shape.odd ? plain + " " + ODD : plain;
  }

  private String gone(String reference) {
    return shape.dangling && random.nextInt(3) == 0 ? "OpaqueRef:" + uuid() : reference;
  }

  private void pool() {
    String lan = row("network", "name__label", label("lan"), "bridge", "xenbr0", "MTU", "1500");
    String storage = row("network", "name__label", label("storage"), "MTU", "9000");
    String tagged = row("network", "name__label", label("tagged"), "bridge", "xapi1");
    count("networks", 3);
    List<String> hosts = new ArrayList<>();
    for (int i = 1; i <= shape.hosts; i++) {
      hosts.add("OpaqueRef:" + uuid());
    }
    row(
        "pool",
        "name__label",
        label("pool"),
        "master",
        hosts.get(shape.hosts / 2),
        "ha_enabled",
        String.valueOf(shape.ha),
        "ha_configuration",
        shape.ha ? map("timeout", "90") : "()",
        "ha_host_failures_to_tolerate",
        shape.ha ? "1" : "0");
    List<String> srs = new ArrayList<>();
    for (String type : List.of("lvmoiscsi", "nfs", "iso", "tomorrows")) {
      srs.add(
          row(
              "SR",
              "name__label",
              label(type),
              "type",
              type,
              "shared",
              "true",
              "physical_size",
              String.valueOf(2048 * GIB)));
      count("srs", 1);
      count("shared_srs", 1);
    }
    for (int i = 0; i < shape.hosts; i++) {
      host(i, hosts.get(i), List.of(lan, storage, tagged), srs);
    }
    template("a template", "false");
    template("a snapshot of a template", "true");
    for (String state : List.of("Halted", "Suspended", "Paused")) {
      vm(label(state), state, "OpaqueRef:NULL", lan, srs.get(1), 2, 2 * GIB, "()");
    }
    snapshot();
  }

  private void host(int index, String reference, List<String> networks, List<String> srs) {
    int pcpus = 8 << index % 3;
    String metrics = null;
    if (shape.metrics) {
      long bytes = 128 * GIB;
      metrics = row("host_metrics", "memory__total", String.valueOf(bytes), "live", "true");
      count("host_memory_total_bytes", bytes);
    }
    String domain = "OpaqueRef:" + uuid();
    named(
        "host",
        reference,
        uuid(),
        "name__label",
        label("host-" + index),
        "metrics",
        metrics,
        "memory__overhead",
        shape.minor >= 57 ? String.valueOf(GIB / 2) : null,
        "boot_free_mem",
        String.valueOf(100 * GIB),
        "sched_policy",
        index % 2 == 0 ? "credit" : "credit2",
        "control_domain",
        shape.minor >= SCHEMA_WITH_CONTROL_DOMAIN ? domain : null,
        "cpu_info",
        shape.minor >= 57
            ? map(
                "cpu_count",
                String.valueOf(pcpus),
                "socket_count",
                "2",
                "speed",
                "2394.",
                "modelname",
                "Xeon(R) CPU @ 2.40GHz")
            : null);
    count("hosts", 1);
    for (int pcpu = 0; pcpu < pcpus; pcpu++) {
      row("host_cpu", "host", reference, "number", String.valueOf(pcpu), "speed", "2394");
      count("host_cpus", 1);
    }
    named(
        "VM",
        domain,
        uuid(),
        "name__label",
        "Control domain on host: host-" + index,
        "power_state",
        "Running",
        "resident_on",
        reference,
        "is_control_domain",
        "true",
        "is_a_template",
        "false",
        "is_a_snapshot",
        "false",
        "VCPUs__max",
        "4",
        "memory__static_max",
        String.valueOf(4 * GIB),
        "memory__dynamic_max",
        String.valueOf(4 * GIB),
        "memory__target",
        String.valueOf(4 * GIB));
    count("control_domains", 1);
    nics(reference, networks);
    for (String sr : srs) {
      row("PBD", "host", gone(reference), "SR", sr, "currently_attached", "true");
    }
    if (shape.gpus) {
      String pci = row("PCI", "device_name", "GRID [K2]", "host", reference);
      row("PGPU", "host", reference, "PCI", pci);
      count("pgpus", 1);
    }
    for (int i = 0; i < shape.vms; i++) {
      vm(
          label(String.format(Locale.ROOT, "vm-%d-%d", index, i)),
          "Running",
          gone(reference),
          networks.get(i % 3),
          srs.get(i % 2),
          1 + i % 4,
          (1 + i % 3) * GIB,
          i % 4 == 0 ? map("weight", "512", "cap", "50", "mask", "0,1") : "()");
    }
  }

  private void nics(String host, List<String> networks) {
    String bond = shape.bonded ? "OpaqueRef:" + uuid() : "OpaqueRef:NULL";
    for (int i = 0; i < 2; i++) {
      String metrics =
          shape.metrics ? row("PIF_metrics", "speed", "10000", "carrier", "true") : null;
      row(
          "PIF",
          "host",
          host,
          "device",
          "eth" + i,
          "network",
          networks.get(shape.bonded ? 1 : i),
          "VLAN",
          "-1",
          "physical",
          shape.minor >= 56 ? "true" : null,
          "bond_slave_of",
          bond,
          "bond_master_of",
          "()",
          "management",
          String.valueOf(i == 0 && !shape.bonded),
          "metrics",
          metrics);
      count("pifs", 1);
    }
    if (shape.bonded) {
      String master = "OpaqueRef:" + uuid();
      named(
          "PIF",
          master,
          uuid(),
          "host",
          host,
          "device",
          "bond0",
          "network",
          networks.get(0),
          "VLAN",
          "-1",
          "physical",
          shape.minor >= 56 ? "false" : null,
          "bond_master_of",
          set(List.of(bond)),
          "management",
          "true");
      named(
          "Bond",
          bond,
          uuid(),
          "master",
          master,
          "mode",
          shape.minor >= SCHEMA_WITH_BOND_MODE ? "lacp" : null);
      String untagged =
          row(
              "PIF",
              "host",
              host,
              "device",
              "bond0",
              "network",
              networks.get(2),
              "VLAN",
              "25",
              "physical",
              shape.minor >= 56 ? "false" : null);
      row("VLAN", "tagged_PIF", gone(master), "untagged_PIF", untagged, "tag", "25");
      count("pifs", 2);
      count("bonds", 1);
      count("vlans", 1);
    }
  }

  private void template(String label, String snapshot) {
    row(
        "VM",
        "name__label",
        label,
        "power_state",
        "Halted",
        "is_a_template",
        "true",
        "is_control_domain",
        "false",
        "is_a_snapshot",
        snapshot,
        "memory__static_max",
        "268435456");
    count(snapshot.equals("true") ? "snapshots" : "templates", 1);
  }

  private void snapshot() {
    row(
        "VM",
        "name__label",
        "before the change",
        "power_state",
        "Suspended",
        "is_a_template",
        shape.minor <= 66 ? "true" : "false",
        "is_control_domain",
        "false",
        "is_a_snapshot",
        "true",
        "memory__static_max",
        "268435456");
    count("snapshots", 1);
  }

  private void vm(
      String label,
      String state,
      String host,
      String network,
      String sr,
      int vcpus,
      long bytes,
      String parameters) {
    String vm =
        row(
            "VM",
            "name__label",
            label,
            "power_state",
            state,
            "resident_on",
            host,
            "is_a_template",
            "false",
            "is_control_domain",
            "false",
            "is_a_snapshot",
            "false",
            "VCPUs__max",
            String.valueOf(vcpus),
            "VCPUs__at_startup",
            String.valueOf(vcpus),
            "VCPUs__params",
            parameters,
            "memory__static_max",
            String.valueOf(bytes),
            "memory__dynamic_max",
            String.valueOf(bytes),
            "memory__dynamic_min",
            String.valueOf(bytes / 2),
            "HVM__boot_policy",
            vcpus % 2 == 0 ? "BIOS order" : "",
            "domain_type",
            shape.minor >= SCHEMA_WITH_DOMAIN_TYPE ? "hvm" : null,
            "last_booted_record",
            "('struct' ('a' 'b' ('c')))");
    count("user_vms", 1);
    count("running", state.equals("Running") ? 1 : 0);
    count("user_vm_vcpus_max", vcpus);
    count("user_vm_static_max_bytes", bytes);
    String vdi =
        row(
            "VDI",
            "SR",
            gone(sr),
            "virtual_size",
            String.valueOf(20 * GIB),
            "type",
            "user",
            "sm_config",
            map("vdi_type", "vhd"));
    count("vdis", 1);
    count("vdi_virtual_size_bytes", 20 * GIB);
    row(
        "VBD",
        "VM",
        vm,
        "VDI",
        gone(vdi),
        "userdevice",
        "0",
        "type",
        "Disk",
        "mode",
        "RW",
        "empty",
        "false");
    row("VBD", "VM", vm, "VDI", "OpaqueRef:NULL", "userdevice", "3", "type", "CD", "empty", "true");
    count("vbds", 2);
    row(
        "VIF",
        "VM",
        vm,
        "network",
        gone(network),
        "device",
        "0",
        "MAC",
        String.format(
            Locale.ROOT, "02:00:00:%02x:%02x:%02x", vcpus, number & 255, number >> 8 & 255),
        "qos__algorithm_type",
        vcpus == 2 ? "ratelimit" : "",
        "qos__algorithm_params",
        vcpus == 2 ? map("kbps", "10000") : "()");
    count("vifs", 1);
  }
}
