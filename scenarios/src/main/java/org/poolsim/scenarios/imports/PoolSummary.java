// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** Counts and sums of a pool database, to hold against what the pool's own tools say. */
public final class PoolSummary {
  private PoolSummary() {}

  /**
   * Returns the figures by name, in a fixed order: numbers as {@code Long}, HA as a list of texts.
   */
  public static Map<String, Object> of(XapiDatabase database) {
    List<Row> vms = database.rows("VM");
    List<Row> users = vms.stream().filter(PoolSummary::isUserVm).toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("hosts", count(database, "host"));
    figures.put("control_domains", vms.stream().filter(vm -> vm.is("is_control_domain")).count());
    figures.put(
        "templates",
        vms.stream().filter(vm -> vm.is("is_a_template") && !vm.is("is_a_snapshot")).count());
    figures.put("snapshots", vms.stream().filter(vm -> vm.is("is_a_snapshot")).count());
    figures.put("user_vms", (long) users.size());
    figures.put(
        "running",
        users.stream().filter(vm -> vm.text("power_state", "").equals("Running")).count());
    figures.put("user_vm_vcpus_max", sum(users, "VCPUs__max"));
    figures.put("user_vm_static_max_bytes", sum(users, "memory__static_max"));
    figures.put("host_memory_total_bytes", sum(database.rows("host_metrics"), "memory__total"));
    figures.put("host_cpus", count(database, "host_cpu"));
    figures.put("srs", count(database, "SR"));
    figures.put("shared_srs", database.rows("SR").stream().filter(sr -> sr.is("shared")).count());
    figures.put("vdis", count(database, "VDI"));
    figures.put("vdi_virtual_size_bytes", sum(database.rows("VDI"), "virtual_size"));
    figures.put("vbds", count(database, "VBD"));
    figures.put("vifs", count(database, "VIF"));
    figures.put("pifs", count(database, "PIF"));
    figures.put("bonds", count(database, "Bond"));
    figures.put("vlans", count(database, "VLAN"));
    figures.put("networks", count(database, "network"));
    figures.put("pgpus", count(database, "PGPU"));
    figures.put(
        "pool_ha_enabled",
        database.rows("pool").stream().map(pool -> String.valueOf(pool.is("ha_enabled"))).toList());
    return figures;
  }

  /** Returns whether a VM is a user's: not a template, not a control domain, not a snapshot. */
  static boolean isUserVm(Row vm) {
    return !vm.is("is_a_template") && !vm.is("is_control_domain") && !vm.is("is_a_snapshot");
  }

  private static long count(XapiDatabase database, String table) {
    return database.rows(table).size();
  }

  private static long sum(List<Row> rows, String column) {
    return rows.stream().mapToLong(row -> row.number(column, 0)).reduce(0, Math::addExact);
  }
}
