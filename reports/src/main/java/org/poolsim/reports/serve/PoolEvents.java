// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code event.from}: everything at first, and with a token what changed since: VMs and hosts to
 * which something happened, and new messages. The token counts happenings.
 */
final class PoolEvents {
  private final Set<String> classes;
  private final String token;

  /**
   * Prepares an answer.
   *
   * @param classes in lower case; {@code *} for all
   */
  PoolEvents(Set<String> classes, String token) {
    this.classes = classes;
    this.token = token;
  }

  static boolean isEmpty(Map<String, Object> answer) {
    return ((List<?>) answer.get("events")).isEmpty();
  }

  Map<String, Object> of(LiveRun.View view) {
    PoolRecords records = new PoolRecords(view);
    List<Object> events = new ArrayList<>();
    Map<String, Object> counts = new LinkedHashMap<>();
    for (String type : PoolRecords.CLASSES) {
      counts.put(type.toLowerCase(Locale.ROOT), Integer.toString(records.of(type).size()));
    }
    List<Happening> happened = view.events();
    int seen = seen(happened.size());
    if (seen < 0) {
      for (String type : PoolRecords.CLASSES) {
        records.of(type).forEach((ref, record) -> add(events, type, "add", ref, record));
      }
    } else {
      Set<String> changed = new LinkedHashSet<>();
      for (Happening event : happened.subList(seen, happened.size())) {
        if (event.message().isEmpty()) {
          changed.add(event.entity());
        }
      }
      if (!changed.isEmpty()) {
        for (String type : List.of("host", "VM")) {
          records
              .of(type)
              .forEach(
                  (ref, record) -> {
                    if (changed.contains(record.get("name_label"))) {
                      add(events, type, "mod", ref, record);
                    }
                  });
        }
      }
      records
          .messages(happened.subList(seen, happened.size()))
          .forEach((ref, record) -> add(events, "message", "add", ref, record));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("events", events);
    answer.put("valid_ref_counts", counts);
    answer.put("token", String.format(Locale.ROOT, "%020d,%020d", happened.size(), 0));
    return answer;
  }

  /** How many happenings the client has seen; -1 for a token that is none. */
  private int seen(int most) {
    if (!token.matches("[0-9]{20},[0-9]{20}")) {
      return -1;
    }
    long count = Long.parseLong(token.substring(2, 20));
    return (int) Math.min(count, most);
  }

  private void add(
      List<Object> events, String type, String operation, String ref, Map<String, Object> record) {
    String name = type.toLowerCase(Locale.ROOT);
    if (!classes.isEmpty() && !classes.contains("*") && !classes.contains(name)) {
      return;
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", Integer.toString(events.size()));
    event.put("timestamp", "0.0");
    event.put("class", name);
    event.put("operation", operation);
    event.put("ref", ref);
    event.put("snapshot", record);
    events.add(event);
  }
}
