// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.scenarios.PerfmonSetting;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/**
 * Turns a pool database into a scenario: hosts, CPUs, memory, dom0, networks, storage, GPUs, HA and
 * the VMs where they run. What the database does not hold gets a stated default; what the language
 * cannot say is left out and listed.
 */
public final class XapiPool {
  private static final int MOST_FAILURES = 10_000;
  private static final int LONGEST_TIMEOUT_SECONDS = 3600;

  private XapiPool() {}

  /**
   * Converts a database.
   *
   * @param name the scenario's name, if the pool has none
   * @param perfmon tells what is wrong with the alarms of the database
   * @throws ImportException if a value that matters is malformed or there is no host
   */
  public static ImportedPool convert(
      XapiDatabase database, String name, PerfmonSetting.Check perfmon) {
    if (database.rows("host").isEmpty()) {
      throw new ImportException(
          database.file()
              + ":1:1: the database has no host: expected a table host with at least one row");
    }
    PoolNames names = PoolNames.empty();
    ImportNotes notes = new ImportNotes();
    Row poolRow = database.rows("pool").stream().findFirst().orElse(null);
    String label = poolRow == null ? "" : poolRow.text("name__label", "");
    if (poolRow == null) {
      notes.assume("no HA, and the scenario's name: the database has no pool row", "the pool");
    }
    XapiNetworks networks = new XapiNetworks(database, names, notes);
    XapiAlarms alarms = new XapiAlarms(notes, perfmon);
    Map<String, HostPlan> hosts = new XapiHosts(database, names, notes, networks, alarms).plans();
    XapiStorage storage = new XapiStorage(database, names, notes, networks, alarms);
    storage.convert(hosts);
    List<Object> vms = new XapiVms(database, names, notes, storage, hosts, alarms).convert();

    Map<String, Object> pool = new LinkedHashMap<>();
    if (!label.isBlank()) {
      pool.put("name", Names.plain(label));
    }
    if (poolRow != null && XapiNumbers.hasUuid(poolRow)) {
      pool.put("uuid", poolRow.uuid());
    }
    List<Object> hostList = new ArrayList<>();
    hosts.values().forEach(host -> hostList.add(host.scenario()));
    pool.put("hosts", hostList);
    pool.put("networks", networks.networks());
    XapiNetworks.put(pool, "arrays", storage.arrays());
    XapiNetworks.put(pool, "storage", storage.srs());
    ha(poolRow, pool);

    Map<String, Object> scenario = new LinkedHashMap<>();
    scenario.put("poolsim", 1);
    scenario.put("name", Names.plain(label.isBlank() ? name : label));
    scenario.put(
        "about", "Pool imported from a xapi database, schema " + Names.plain(database.schema()));
    scenario.put("duration", "1h");
    scenario.put("pool", pool);
    if (!vms.isEmpty()) {
      scenario.put("vms", vms);
      notes.assume(
          "every VM is idle: the database holds no demand; give each a workload, or its history"
              + " with `poolsim import rrd`",
          vms.size() + " VMs");
    }
    return new ImportedPool(scenario, notes.assumed(), notes.leftOut());
  }

  private static void ha(Row pool, Map<String, Object> result) {
    if (pool == null || !pool.is("ha_enabled")) {
      return;
    }
    Map<String, Object> ha = new LinkedHashMap<>();
    ha.put("enabled", true);
    long timeout = XapiNumbers.whole(pool.map("ha_configuration").get("timeout"), 0);
    if (timeout >= 1 && timeout <= LONGEST_TIMEOUT_SECONDS) {
      ha.put("timeout", timeout + "s");
    }
    ha.put(
        "host_failures_to_tolerate",
        (int) XapiNumbers.clamp(pool.number("ha_host_failures_to_tolerate", 0), 0, MOST_FAILURES));
    result.put("ha", ha);
  }
}
