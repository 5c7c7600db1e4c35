// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;

/**
 * The records of the XenAPI's classes pool, host, VM, SR, PBD and message, made anew from a view.
 * Integers are strings, as the XenAPI has them.
 */
final class PoolRecords {
  static final String REF = "OpaqueRef:";
  static final String NULL_REF = "OpaqueRef:NULL";

  /** The classes, as {@code event.from} goes through them. */
  static final List<String> CLASSES = List.of("pool", "host", "SR", "PBD", "VM", "message");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final LiveRun.View view;
  private final Map<String, Map<String, Map<String, Object>>> classes = new LinkedHashMap<>();

  /** A date as the XenAPI writes it, without fractions of a second. */
  record Date(String text) {
    static Date of(double seconds) {
      return new Date(DATE.format(Instant.ofEpochSecond((long) Math.floor(seconds))));
    }
  }

  PoolRecords(LiveRun.View view) {
    this.view = view;
  }

  /** Returns the records of a class by reference; null for a class that is not known here. */
  Map<String, Map<String, Object>> of(String type) {
    Map<String, Map<String, Object>> known = classes.get(type);
    if (known == null) {
      known =
          switch (type) {
            case "pool" -> pool();
            case "host" -> hosts();
            case "VM" -> vms();
            case "SR" -> srs();
            case "PBD" -> pbds();
            case "message" -> messages(view.events());
            default -> null;
          };
      if (known != null) {
        classes.put(type, known);
      }
    }
    return known;
  }

  private static Map<String, Object> named(String uuid, String name, String perfmon) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("uuid", uuid);
    record.put("name_label", name);
    record.put("name_description", "");
    record.put("other_config", perfmon.isEmpty() ? Map.of() : Map.of("perfmon", perfmon));
    return record;
  }

  private Map<String, Map<String, Object>> pool() {
    Map<String, Map<String, Object>> hosts = of("host");
    String master = hosts.keySet().stream().findFirst().orElse(NULL_REF);
    String uuid =
        view.pool().uuid().isEmpty()
            ? "70000000" + master.substring(Math.min(master.length(), REF.length() + 8))
            : view.pool().uuid();
    Map<String, Object> pool = named(uuid, view.pool().name(), "");
    pool.put("master", master);
    pool.put("ha_enabled", false);
    return Map.of(REF + uuid, pool);
  }

  private Map<String, Map<String, Object>> hosts() {
    Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    for (PoolFacts.Host host : view.pool().hosts()) {
      Map<String, Object> record = host(host.uuid(), host.name(), host.up(), host.perfmon());
      record.put("cpu_info", Map.of("cpu_count", Integer.toString(host.pcpus())));
      record.put("control_domain", REF + host.dom0());
      records.put(REF + host.uuid(), record);
    }
    for (LiveRun.ServedObject object : ofKind(Owner.Kind.HOST)) {
      Owner owner = object.object().owner();
      records.putIfAbsent(
          REF + owner.uuid(), host(owner.uuid(), owner.name(), object.present(), ""));
    }
    return records;
  }

  private static Map<String, Object> host(String uuid, String name, boolean up, String perfmon) {
    Map<String, Object> record = named(uuid, name, perfmon);
    record.put("hostname", name);
    record.put("address", name + ".localhost");
    record.put("enabled", up);
    record.put("software_version", Map.of("product_brand", "poolsim"));
    return record;
  }

  private Map<String, Map<String, Object>> vms() {
    Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    for (LiveRun.ServedObject object : ofKind(Owner.Kind.VM)) {
      Owner owner = object.object().owner();
      records.put(
          REF + owner.uuid(),
          vm(
              owner.uuid(),
              owner.name(),
              object.present(),
              object.hostUuid(),
              owner.name().startsWith("Control domain"),
              ""));
    }
    for (PoolFacts.Vm vm : view.pool().vms()) {
      Map<String, Object> record =
          vm(vm.uuid(), vm.name(), vm.running(), vm.host(), false, vm.perfmon());
      record.put("VCPUs_max", Integer.toString(vm.vcpus()));
      record.put("memory_static_max", Long.toString(vm.memoryBytes()));
      records.put(REF + vm.uuid(), record);
    }
    return records;
  }

  private static Map<String, Object> vm(
      String uuid, String name, boolean runs, String host, boolean dom0, String perfmon) {
    Map<String, Object> record = named(uuid, name, perfmon);
    record.put("power_state", runs ? "Running" : "Halted");
    record.put("resident_on", host.isEmpty() ? NULL_REF : REF + host);
    record.put("is_a_template", false);
    record.put("is_control_domain", dom0);
    return record;
  }

  private Map<String, Map<String, Object>> srs() {
    Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    for (PoolFacts.Sr sr : view.pool().srs()) {
      Map<String, Object> record =
          sr(sr.uuid(), sr.name(), sr.type(), sr.shared(), Long.toString(sr.sizeBytes()));
      record.put("other_config", sr.perfmon().isEmpty() ? Map.of() : perfmon(sr.perfmon()));
      record.put("virtual_allocation", Long.toString(sr.virtualBytes()));
      record.put("PBDs", sr.hosts().stream().map(host -> REF + pbdUuid(sr.uuid(), host)).toList());
      records.put(REF + sr.uuid(), record);
    }
    for (LiveRun.ServedObject object : ofKind(Owner.Kind.SR)) {
      Owner owner = object.object().owner();
      Rrd rrd = object.object().rrd();
      Map<String, Object> record =
          records.computeIfAbsent(
              REF + owner.uuid(),
              ref -> sr(owner.uuid(), owner.name(), "", true, latest(rrd, "size")));
      record.put("physical_utilisation", latest(rrd, "physical_utilisation"));
    }
    return records;
  }

  private static Map<String, Object> perfmon(String text) {
    return Map.of("perfmon", text);
  }

  private static Map<String, Object> sr(
      String uuid, String name, String type, boolean shared, String size) {
    Map<String, Object> record = named(uuid, name, "");
    record.put("shared", shared);
    record.put("type", type);
    record.put("physical_size", size);
    record.put("physical_utilisation", "0");
    record.put("virtual_allocation", "0");
    record.put("PBDs", List.of());
    return record;
  }

  private Map<String, Map<String, Object>> pbds() {
    Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    for (PoolFacts.Sr sr : view.pool().srs()) {
      for (String host : sr.hosts()) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("uuid", pbdUuid(sr.uuid(), host));
        record.put("host", REF + host);
        record.put("SR", REF + sr.uuid());
        record.put("currently_attached", true);
        record.put("other_config", Map.of());
        records.put(REF + pbdUuid(sr.uuid(), host), record);
      }
    }
    return records;
  }

  private static String pbdUuid(String sr, String host) {
    return UUID.nameUUIDFromBytes((sr + "/" + host).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Returns the records of those happenings that are messages, in order. */
  Map<String, Map<String, Object>> messages(List<Happening> events) {
    Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    for (Happening event : events) {
      if (event.message().isPresent()) {
        Happening.Message message = event.message().get();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("uuid", event.messageUuid());
        record.put("name", message.name());
        record.put("priority", Integer.toString(message.priority()));
        record.put("cls", message.cls());
        record.put("obj_uuid", message.objectUuid());
        record.put("timestamp", Date.of(view.pool().startSeconds() + event.atNanos() * 1e-9));
        record.put("body", message.body());
        records.put(REF + event.messageUuid(), record);
      }
    }
    return records;
  }

  private List<LiveRun.ServedObject> ofKind(Owner.Kind kind) {
    List<LiveRun.ServedObject> found = new ArrayList<>();
    for (LiveRun.ServedObject object : view.objects()) {
      if (object.object().owner().kind() == kind) {
        found.add(object);
      }
    }
    return found;
  }

  private static String latest(Rrd rrd, String source) {
    for (int i = 0; i < rrd.sources().size(); i++) {
      SourceDefinition definition = rrd.sources().get(i);
      if (definition.name().equals(source) && definition.type() == Description.Type.GAUGE) {
        double value = rrd.cell(0, rrd.archives().get(0).rows() - 1, i);
        return Double.isNaN(value) ? "0" : Long.toString((long) value);
      }
    }
    return "0";
  }
}
