// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;

/**
 * The calls that a monitoring client makes before it asks for time series. References are {@code
 * OpaqueRef:} and the object's uuid. Values are strings, booleans, doubles, lists and maps.
 */
final class XenApi {
  private static final String REF = "OpaqueRef:";
  private static final String NULL_REF = "OpaqueRef:NULL";
  private static final DateTimeFormatter SERVER_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final LiveRun run;
  private final Sessions sessions;

  XenApi(LiveRun run, Sessions sessions) {
    this.run = run;
    this.sessions = sessions;
  }

  /** A failure with the code and the details that the real API gives. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> description;

    Failure(String... description) {
      super(String.join(", ", description));
      this.description = List.of(description);
    }

    List<String> description() {
      return description;
    }
  }

  Object call(String method, List<Object> parameters) throws Failure {
    if (method.equals("session.login_with_password")) {
      String session = sessions.login(text(parameters, 0), text(parameters, 1));
      if (session == null) {
        throw new Failure(
            "SESSION_AUTHENTICATION_FAILED", text(parameters, 0), "Wrong credentials");
      }
      return session;
    }
    String session = text(parameters, 0);
    if (!sessions.isOpen(session)) {
      throw new Failure("SESSION_INVALID", session);
    }
    if (method.equals("session.logout")) {
      sessions.logout(session);
      return "";
    }
    try {
      return run.read(view -> answer(view, method, parameters));
    } catch (Refused e) {
      throw new Failure(e.description);
    }
  }

  /** Carries a failure out of the reader. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String[] description;

    Refused(String... description) {
      super(description[0]);
      this.description = description;
    }
  }

  private static String text(List<Object> parameters, int index) {
    return index < parameters.size() && parameters.get(index) instanceof String text ? text : "";
  }

  private static Object answer(LiveRun.View view, String method, List<Object> parameters) {
    int dot = method.indexOf('.');
    String type = dot < 0 ? "" : method.substring(0, dot);
    String name = method.substring(dot + 1);
    if (method.equals("host.get_servertime")) {
      return SERVER_TIME.format(Instant.ofEpochSecond((long) Math.floor(view.nowSeconds())));
    }
    if (method.equals("session.get_this_host")) {
      return records(view, "host").keySet().stream().findFirst().orElse(NULL_REF);
    }
    if (method.equals("event.from")) {
      return events(view, text(parameters, 2));
    }
    Map<String, Map<String, Object>> records = records(view, type);
    if (records == null) {
      throw new Refused("MESSAGE_METHOD_UNKNOWN", method);
    }
    String reference = text(parameters, 1);
    if (name.equals("get_all_records")) {
      return records;
    }
    if (name.equals("get_all")) {
      return List.copyOf(records.keySet());
    }
    if (name.equals("get_by_uuid")) {
      if (!records.containsKey(REF + reference)) {
        throw new Refused("UUID_INVALID", type, reference);
      }
      return REF + reference;
    }
    Map<String, Object> record = records.get(reference);
    boolean sources = name.equals("get_data_sources") || name.equals("query_data_source");
    boolean field = name.startsWith("get_") && !sources;
    if (!sources && !field) {
      throw new Refused("MESSAGE_METHOD_UNKNOWN", method);
    }
    if (record == null) {
      throw new Refused("HANDLE_INVALID", type, reference);
    }
    if (sources) {
      return dataSources(view, reference.substring(REF.length()), name, text(parameters, 2));
    }
    if (name.equals("get_record")) {
      return record;
    }
    Object value = record.get(name.substring(4));
    if (value == null) {
      throw new Refused("MESSAGE_METHOD_UNKNOWN", method);
    }
    return value;
  }

  private static Object dataSources(LiveRun.View view, String uuid, String method, String wanted) {
    List<Object> list = new ArrayList<>();
    for (LiveRun.ServedObject object : view.objects()) {
      if (!object.object().owner().uuid().equals(uuid)) {
        continue;
      }
      Rrd rrd = object.object().rrd();
      for (int i = 0; i < rrd.sources().size(); i++) {
        SourceDefinition source = rrd.sources().get(i);
        if (method.equals("query_data_source")) {
          if (source.name().equals(wanted)) {
            return rrd.cell(0, rrd.archives().get(0).rows() - 1, i);
          }
          continue;
        }
        SeriesFiles.Text text =
            object.texts().getOrDefault(source.name(), new SeriesFiles.Text("", ""));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name_label", source.name());
        entry.put("name_description", text.text());
        entry.put("enabled", true);
        entry.put("standard", true);
        entry.put("units", text.units());
        entry.put("min", source.min());
        entry.put("max", source.max());
        entry.put("value", 0.0);
        list.add(entry);
      }
    }
    if (method.equals("query_data_source")) {
      throw new Refused("INVALID_VALUE", "data_source", wanted);
    }
    return list;
  }

  private static Object events(LiveRun.View view, String token) {
    List<Object> events = new ArrayList<>();
    int id = 0;
    Map<String, Object> counts = new LinkedHashMap<>();
    for (String type : List.of("pool", "host", "SR", "VM")) {
      Map<String, Map<String, Object>> records = records(view, type);
      counts.put(type.toLowerCase(Locale.ROOT), Integer.toString(records.size()));
      if (!token.isEmpty()) {
        continue;
      }
      for (Map.Entry<String, Map<String, Object>> entry : records.entrySet()) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", Integer.toString(id++));
        event.put("timestamp", "0.0");
        event.put("class", type.toLowerCase(Locale.ROOT));
        event.put("operation", "add");
        event.put("ref", entry.getKey());
        event.put("snapshot", entry.getValue());
        events.add(event);
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("events", events);
    answer.put("valid_ref_counts", counts);
    answer.put("token", "00000000000000000001,00000000000000000000");
    return answer;
  }

  /** All records of a class by reference; null for a class that is not known here. */
  private static Map<String, Map<String, Object>> records(LiveRun.View view, String type) {
    Owner.Kind kind;
    switch (type) {
      case "host" -> kind = Owner.Kind.HOST;
      case "VM" -> kind = Owner.Kind.VM;
      case "SR" -> kind = Owner.Kind.SR;
      case "pool" -> {
        return pool(view);
      }
      default -> {
        return null;
      }
    }
    Map<String, Map<String, Object>> records = new LinkedHashMap<>();
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      if (owner.kind() == kind) {
        records.put(REF + owner.uuid(), record(object));
      }
    }
    return records;
  }

  private static Map<String, Map<String, Object>> pool(LiveRun.View view) {
    Map<String, Map<String, Object>> hosts = records(view, "host");
    String master = hosts.keySet().stream().findFirst().orElse(NULL_REF);
    String uuid = "70000000" + master.substring(Math.min(master.length(), REF.length() + 8));
    Map<String, Object> pool = new LinkedHashMap<>();
    pool.put("uuid", uuid);
    pool.put("name_label", "");
    pool.put("name_description", "");
    pool.put("master", master);
    pool.put("other_config", Map.of());
    pool.put("ha_enabled", false);
    return Map.of(REF + uuid, pool);
  }

  private static Map<String, Object> record(LiveRun.ServedObject object) {
    Owner owner = object.object().owner();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("uuid", owner.uuid());
    record.put("name_label", owner.name());
    record.put("name_description", "");
    record.put("other_config", Map.of());
    switch (owner.kind()) {
      case HOST -> {
        record.put("hostname", owner.name());
        record.put("address", owner.name() + ".localhost");
        record.put("enabled", object.present());
        record.put("software_version", Map.of("product_brand", "poolsim"));
      }
      case VM -> {
        record.put("power_state", object.present() ? "Running" : "Halted");
        record.put("resident_on", object.hostUuid().isEmpty() ? NULL_REF : REF + object.hostUuid());
        record.put("is_a_template", false);
        record.put("is_control_domain", owner.name().startsWith("Control domain"));
      }
      case SR -> {
        record.put("shared", true);
        record.put("type", "");
        record.put("physical_size", latest(object.object().rrd(), "size"));
        record.put("physical_utilisation", latest(object.object().rrd(), "physical_utilisation"));
      }
      default -> throw new IllegalStateException("no such kind: " + owner.kind());
    }
    return record;
  }

  /** Integers are strings in the XenAPI. */
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
