// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.poolsim.reports.export.SeriesFiles;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;

/**
 * The calls that a monitoring client makes before it asks for time series. References are {@code
 * OpaqueRef:} and the object's uuid. Values are strings, booleans, doubles, lists and maps.
 */
final class XenApi {
  private static final String REF = PoolRecords.REF;

  /** An {@code event.from} that finds nothing waits so long at most, and looks so often. */
  private static final long WAIT_MILLIS_MAX = 10_000;

  private static final long LOOK_MILLIS = 500;
  private static final int WAITING_MAX = 8;

  private final Semaphore waiting = new Semaphore(WAITING_MAX);
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
      if (method.equals("event.from")) {
        return eventsInTime(parameters);
      }
      return run.read(view -> answer(view, method, parameters));
    } catch (Refused e) {
      throw new Failure(e.description);
    }
  }

  /**
   * Waits for the first event as the real call does, but not for longer than some seconds and not
   * with more than a few threads: beyond that the answer without events comes at once.
   */
  private Object eventsInTime(List<Object> parameters) {
    Set<String> classes = words(index(parameters, 1));
    String token = text(parameters, 2);
    double seconds = number(index(parameters, 3));
    PoolEvents events = new PoolEvents(classes, token);
    Map<String, Object> answer = run.read(events::of);
    if (!PoolEvents.isEmpty(answer) || !(seconds > 0) || !waiting.tryAcquire()) {
      return answer;
    }
    try {
      long left = (long) Math.min(seconds * 1000, WAIT_MILLIS_MAX);
      while (PoolEvents.isEmpty(answer) && left > 0) {
        Thread.sleep(Math.min(left, LOOK_MILLIS));
        left -= LOOK_MILLIS;
        answer = run.read(events::of);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
    return answer;
  }

  private static Object index(List<Object> parameters, int index) {
    return index < parameters.size() ? parameters.get(index) : "";
  }

  /** The words of a list; over JSON-RPC it comes as its text. */
  private static Set<String> words(Object list) {
    Set<String> words = new HashSet<>();
    if (list instanceof List<?> all) {
      all.forEach(each -> words.add(each.toString().toLowerCase(Locale.ROOT)));
    } else {
      for (String word : list.toString().split("[^A-Za-z*]+", 100)) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
      words.remove("");
    }
    return words;
  }

  private static double number(Object value) {
    try {
      return Double.parseDouble(value.toString());
    } catch (NumberFormatException none) {
      return 0;
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
      return PoolRecords.Date.of(view.nowSeconds());
    }
    PoolRecords known = new PoolRecords(view);
    if (method.equals("session.get_this_host")) {
      return known.of("host").keySet().stream().findFirst().orElse(PoolRecords.NULL_REF);
    }
    Map<String, Map<String, Object>> records = known.of(type);
    if (records == null) {
      throw new Refused("MESSAGE_METHOD_UNKNOWN", method);
    }
    if (method.equals("message.get") || method.equals("message.get_since")) {
      return messages(records, parameters, method.equals("message.get"));
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

  /** Those of an object, or all, that are not older than a date. */
  private static Object messages(
      Map<String, Map<String, Object>> records, List<Object> parameters, boolean ofOne) {
    String since = text(parameters, ofOne ? 3 : 1);
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    records.forEach(
        (ref, record) -> {
          String date = ((PoolRecords.Date) record.get("timestamp")).text();
          boolean wanted =
              !ofOne
                  || (text(parameters, 1).equalsIgnoreCase(record.get("cls").toString())
                      && text(parameters, 2).equals(record.get("obj_uuid")));
          if (wanted && date.compareTo(since) >= 0) {
            found.put(ref, record);
          }
        });
    return found;
  }
}
