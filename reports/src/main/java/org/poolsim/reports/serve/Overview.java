// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.Rrd;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page for people shows first: how far the run is, hosts, busy VMs, the last events. */
final class Overview {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int HOSTS_MOST = 64;
  private static final int VMS_MOST = 10;
  private static final int EVENTS_MOST = 50;
  private static final int MINUTES = 60;
  private static final double BYTES_PER_KIB = 1024;

  private final LiveRun.View view;

  Overview(LiveRun.View view) {
    this.view = view;
  }

  private record Row(LiveRun.ServedObject object, double cpu) {}

  ObjectNode json(boolean report) {
    ObjectNode root = JSON.createObjectNode();
    PoolFacts pool = view.pool();
    root.put("name", pool.scenario().isEmpty() ? pool.name() : pool.scenario());
    root.put("now", view.nowSeconds());
    root.put("start", pool.startSeconds());
    root.put("end", pool.endSeconds());
    root.put("finished", view.finished());
    root.put("report", report);
    root.put("objects", view.objects().size());
    List<Row> hosts = new ArrayList<>();
    List<Row> vms = new ArrayList<>();
    Map<String, Integer> running = new HashMap<>();
    Map<String, String> hostNames = new HashMap<>();
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      Rrd rrd = object.object().rrd();
      if (owner.kind() == Owner.Kind.HOST) {
        hosts.add(new Row(object, object.present() ? latest(rrd, "cpu_avg") : Double.NaN));
        hostNames.put(owner.uuid(), owner.name());
      } else if (owner.kind() == Owner.Kind.VM
          && object.present()
          && !owner.name().startsWith("Control domain")) {
        vms.add(new Row(object, latest(rrd, "cpu_usage")));
        running.merge(object.hostUuid(), 1, Integer::sum);
      }
    }
    root.put("hosts_total", hosts.size());
    root.put("vms_running", vms.size());
    root.put("vms_total", Math.max(vms.size(), pool.vms().size()));
    ArrayNode hostRows = root.putArray("hosts");
    for (Row row : hosts.size() > HOSTS_MOST ? busiest(hosts, HOSTS_MOST) : hosts) {
      Rrd rrd = row.object.object().rrd();
      ObjectNode host = entry(hostRows, row);
      host.put("up", row.object.present());
      put(host, "memory_total", latest(rrd, "memory_total_kib") * BYTES_PER_KIB);
      put(host, "memory_free", latest(rrd, "memory_free_kib") * BYTES_PER_KIB);
      put(host, "rx", latest(rrd, "pif_aggr_rx"));
      put(host, "tx", latest(rrd, "pif_aggr_tx"));
      host.put("vms", running.getOrDefault(row.object.object().owner().uuid(), 0));
      minutes(host.putArray("minutes"), rrd, "cpu_avg");
    }
    ArrayNode vmRows = root.putArray("vms");
    for (Row row : busiest(vms, VMS_MOST)) {
      ObjectNode vm = entry(vmRows, row);
      vm.put("host", hostNames.getOrDefault(row.object.hostUuid(), ""));
      minutes(vm.putArray("minutes"), row.object.object().rrd(), "cpu_usage");
    }
    events(root);
    return root;
  }

  private static List<Row> busiest(List<Row> rows, int most) {
    return rows.stream()
        .sorted(Comparator.comparingDouble(row -> Double.isNaN(row.cpu) ? 1 : -row.cpu))
        .limit(most)
        .toList();
  }

  private static ObjectNode entry(ArrayNode to, Row row) {
    Owner owner = row.object.object().owner();
    ObjectNode entry = to.addObject();
    entry.put("uuid", owner.uuid());
    entry.put("name", owner.name());
    put(entry, "cpu", row.cpu);
    return entry;
  }

  private static void put(ObjectNode to, String key, double value) {
    if (Double.isFinite(value)) {
      to.put(key, value);
    } else {
      to.putNull(key);
    }
  }

  private static int column(Rrd rrd, String source) {
    for (int i = 0; i < rrd.sources().size(); i++) {
      if (rrd.sources().get(i).name().equals(source)) {
        return i;
      }
    }
    return -1;
  }

  /** The newest row of 5 s; unknown where the source is not recorded. */
  private static double latest(Rrd rrd, String source) {
    int column = column(rrd, source);
    return column < 0 ? Double.NaN : rrd.cell(0, rrd.archives().get(0).rows() - 1, column);
  }

  /** The means of the last hour's minutes, null where unknown. */
  private static void minutes(ArrayNode to, Rrd rrd, String source) {
    int column = column(rrd, source);
    for (int a = 0; a < rrd.archives().size(); a++) {
      ArchiveDefinition archive = rrd.archives().get(a);
      if (column >= 0
          && archive.function() == ConsolidationFunction.AVERAGE
          && archive.rowSeconds() == MINUTES) {
        for (int row = Math.max(0, archive.rows() - MINUTES); row < archive.rows(); row++) {
          double value = rrd.cell(a, row, column);
          if (Double.isFinite(value)) {
            to.add(Math.rint(value * 1e4) / 1e4);
          } else {
            to.addNull();
          }
        }
        return;
      }
    }
  }

  private void events(ObjectNode root) {
    List<Happening> all = view.events();
    root.put("events_total", all.size());
    ArrayNode events = root.putArray("events");
    for (int i = all.size() - 1; i >= Math.max(0, all.size() - EVENTS_MOST); i--) {
      Happening event = all.get(i);
      ObjectNode entry = events.addObject();
      entry.put("at", view.pool().startSeconds() + event.atNanos() * 1e-9);
      entry.put("kind", event.kind());
      entry.put("text", event.text());
      event.message().ifPresent(message -> entry.put("priority", message.priority()));
    }
  }
}
