// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.NoArchiveException;
import org.poolsim.reports.export.RecordedObject;
import org.poolsim.reports.export.RrdDump;
import org.poolsim.reports.export.RrdUpdates;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.Rrd;

/** {@code /rrd_updates} and the dumps, as rrdd_http_handler.ml and rrdd_proxy.ml answer them. */
final class SeriesRequests {
  /** The largest answer: about 100 MiB of text. */
  private static final long CELLS_MAX = 5_000_000;

  private static final Map<String, String> OPEN =
      Map.of("Access-Control-Allow-Origin", "*", "Cache-Control", "no-cache, no-store");

  private final boolean literalAll;

  SeriesRequests(boolean literalAll) {
    this.literalAll = literalAll;
  }

  Answer updates(LiveRun.View view, String hostUuid, Parameters query, boolean json) {
    String startText = query.first("start");
    if (startText == null) {
      return Answer.error(400, "the parameter start is missing");
    }
    Long start = Parameters.integer(startText);
    String intervalText = query.first("interval");
    Long interval = intervalText == null ? Long.valueOf(0) : Parameters.integer(intervalText);
    if (start == null || interval == null || interval < 0) {
      return Answer.error(400, "start and interval are whole seconds");
    }
    List<RecordedObject> objects = selected(view, hostUuid, query);
    try {
      RrdUpdates updates =
          RrdUpdates.of(
              objects, new RrdUpdates.Query(start, interval, function(query.first("cf"))));
      if ((long) updates.rows() * updates.columns() > CELLS_MAX) {
        return Answer.error(413, "the answer would have more than " + CELLS_MAX + " values");
      }
      return body(json, json ? updates.json() : updates.xml())
          .with(
              Map.of(
                  "Access-Control-Allow-Origin", "*",
                  "Access-Control-Allow-Headers", "X-Requested-With",
                  "Cache-Control", "no-cache, no-store"));
    } catch (NoArchiveException e) {
      // As a real host: Rrd.No_RRA_Available becomes an internal error.
      return Answer.error(500, "Internal error: " + e.getMessage());
    }
  }

  private List<RecordedObject> selected(LiveRun.View view, String hostUuid, Parameters query) {
    List<RecordedObject> objects = new ArrayList<>();
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      boolean wanted =
          switch (owner.kind()) {
            case HOST -> owner.uuid().equals(hostUuid) && "true".equals(query.first("host"));
            case VM ->
                object.present()
                    && (object.hostUuid().isEmpty() || object.hostUuid().equals(hostUuid))
                    && names(query.all("vm_uuid"), owner.uuid(), true);
            case SR -> names(query.all("sr_uuid"), owner.uuid(), false);
          };
      if (wanted) {
        objects.add(object.object());
      }
    }
    return objects;
  }

  private boolean names(List<String> uuids, String uuid, boolean whenAbsent) {
    if (uuids.isEmpty()) {
      return whenAbsent;
    }
    if (!literalAll && uuids.contains("all")) {
      return true;
    }
    return uuids.contains(uuid);
  }

  private static ConsolidationFunction function(String text) {
    for (ConsolidationFunction function : ConsolidationFunction.values()) {
      if (function.name().equals(text)) {
        return function;
      }
    }
    return null; // what is not recognised is ignored
  }

  Answer dump(LiveRun.View view, Owner.Kind kind, String uuid, boolean json) {
    if (uuid == null) {
      return Answer.error(400, "the parameter uuid is missing");
    }
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      if (owner.kind() == kind && owner.uuid().equals(uuid)) {
        Rrd rrd = object.object().rrd();
        long cells = 0;
        for (var archive : rrd.archives()) {
          cells += (long) archive.rows() * rrd.sources().size();
        }
        if (cells > CELLS_MAX) {
          return Answer.error(413, "the database has more than " + CELLS_MAX + " values");
        }
        return body(json, json ? RrdDump.json(rrd) : RrdDump.xml(rrd)).with(OPEN);
      }
    }
    return kind == Owner.Kind.SR
        ? Answer.error(500, "Internal error: there is no such SR")
        : Answer.error(404, "there is no such object");
  }

  private static Answer body(boolean json, String text) {
    return Answer.of(json ? "application/json" : "text/xml", text);
  }
}
