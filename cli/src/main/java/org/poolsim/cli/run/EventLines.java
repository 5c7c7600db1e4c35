// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.io.IOException;
import java.util.Locale;
import org.poolsim.pool.PoolEvent;
import org.poolsim.reports.alerts.Alarm;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The lines of events.jsonl. */
final class EventLines {
  private static final JsonMapper JSON = new JsonMapper();

  private EventLines() {}

  static void write(PoolEvent event, Appendable out) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("at_nanos", event.atNanos());
    line.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
    line.put("entity", event.entity());
    line.put("text", event.text());
    end(line, out);
  }

  /** An alarm also has the fields of the XenAPI's message. */
  static void write(Alarm alarm, Appendable out) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("at_nanos", alarm.atNanos());
    line.put("kind", "alarm");
    line.put("entity", alarm.object().name());
    line.put("text", AlarmWords.sentence(alarm));
    line.put("name", Alarm.NAME);
    line.put("priority", alarm.priority());
    line.put("cls", alarm.objectClass());
    line.put("obj_uuid", alarm.object().uuid());
    line.put("variable", alarm.variable());
    if (Double.isFinite(alarm.value())) {
      line.put("value", alarm.value());
    } else {
      line.put("value", Double.toString(alarm.value()));
    }
    line.put("row_end_seconds", alarm.rowEndSeconds());
    line.put("body", alarm.body());
    end(line, out);
  }

  private static void end(ObjectNode line, Appendable out) throws IOException {
    out.append(JSON.writeValueAsString(line)).append('\n');
  }
}
