// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** Networks, and the PIFs, bonds and VLANs that attach hosts to them. */
final class XapiNetworks {
  /** Assumed where no PIF_metrics row gives a link's speed. */
  private static final long DEFAULT_MBPS = 1_000;

  /** xapi writes this for a link without carrier. */
  private static final long NO_CARRIER_MBPS = 65_535;

  private static final int MOST_DEVICES = 64;
  private static final int MOST_VLANS = 4096;
  private static final int MOST_TAG = 4094;
  private static final long LEAST_MTU = 68;
  private static final long MOST_MTU = 65_535;

  private final XapiDatabase database;
  private final PoolNames names;
  private final ImportNotes notes;
  private final Map<String, List<Row>> pifs;
  private final Map<String, List<Row>> members;
  private final Map<String, List<Row>> bonds = new HashMap<>();
  private final Map<String, List<Row>> vlans = new HashMap<>();
  private final Set<String> tunnelled = new HashSet<>();
  private final Set<String> masters = new HashSet<>();

  /** By host: the PIF or bond that carries its management traffic. */
  private final Map<String, String> management = new HashMap<>();

  XapiNetworks(XapiDatabase database, PoolNames names, ImportNotes notes) {
    this.database = database;
    this.names = names;
    this.notes = notes;
    pifs = database.grouped("PIF", "host");
    members = database.grouped("PIF", "bond_slave_of");
    for (Row bond : database.rows("Bond")) {
      masters.add(bond.text("master", ""));
      byHost(bond, "master", bonds);
    }
    for (Row vlan : database.rows("VLAN")) {
      byHost(vlan, "tagged_PIF", vlans);
    }
    for (Row tunnel : database.rows("tunnel")) {
      tunnelled.add(tunnel.text("access_PIF", ""));
      notes.leaveOut(
          "a tunnel: its network does not leave the host",
          tunnel.uuid().isEmpty() ? tunnel.reference() : tunnel.uuid());
    }
  }

  private void byHost(Row row, String column, Map<String, List<Row>> rows) {
    database
        .follow(row, column, "PIF")
        .ifPresentOrElse(
            pif -> rows.computeIfAbsent(pif.text("host", ""), h -> new ArrayList<>()).add(row),
            () ->
                notes.leaveOut(
                    "a bond or VLAN whose PIF is not in the database",
                    row.uuid().isEmpty() ? row.reference() : row.uuid()));
  }

  /** Returns the PIF or bond of a host that carries its management traffic; null if unknown. */
  String management(String host) {
    return management.get(host);
  }

  /** Adds a host's PIFs, bonds and VLANs. */
  void attach(Row host, String name, Map<String, Object> result) {
    List<Row> own = new ArrayList<>(pifs.getOrDefault(host.reference(), List.of()));
    own.sort(Comparator.comparing((Row pif) -> pif.text("device", "")));
    Names devices = new Names();
    Map<String, String> byReference = new LinkedHashMap<>();
    List<Row> physical = own.stream().filter(this::isPhysical).limit(MOST_DEVICES).toList();
    physical.forEach(
        pif ->
            byReference.put(
                pif.reference(), devices.of(pif.reference(), pif.text("device", "nic"))));
    Set<String> bonded = new HashSet<>();
    List<Object> bondList = bonds(host, name, devices, byReference, bonded);
    List<Object> pifList = new ArrayList<>();
    for (Row pif : physical) {
      String device = byReference.get(pif.reference());
      Map<String, Object> nic = new LinkedHashMap<>();
      nic.put("name", device);
      if (XapiNumbers.hasUuid(pif)) {
        nic.put("uuid", pif.uuid());
      }
      nic.put("speed", speed(pif, name + " " + device) + "Mbps");
      if (!bonded.contains(pif.reference())) {
        network(pif, nic);
      }
      pifList.add(nic);
    }
    List<Object> vlanList = vlans(host, name, byReference);
    put(result, "pifs", pifList);
    put(result, "bonds", bondList);
    put(result, "vlans", vlanList);
    for (Row pif : own) {
      if (pif.is("management")) {
        String carrier = carrier(pif, byReference);
        if (carrier != null && !bonded.contains(pif.reference())) {
          management.put(host.reference(), carrier);
        }
      }
    }
  }

  private String carrier(Row pif, Map<String, String> devices) {
    Row below =
        database
            .follow(pif, "VLAN_master_of", "VLAN")
            .flatMap(vlan -> database.follow(vlan, "tagged_PIF", "PIF"))
            .orElse(pif);
    return devices.get(below.reference());
  }

  private List<Object> bonds(
      Row host, String name, Names devices, Map<String, String> byReference, Set<String> bonded) {
    List<Object> result = new ArrayList<>();
    for (Row bond : bonds.getOrDefault(host.reference(), List.of())) {
      Row master = database.follow(bond, "master", "PIF").orElseThrow();
      Set<String> of = new LinkedHashSet<>();
      List<Row> slaves = new ArrayList<>(members.getOrDefault(bond.reference(), List.of()));
      slaves.sort(Comparator.comparing((Row pif) -> pif.text("device", "")));
      for (Row slave : slaves) {
        if (byReference.containsKey(slave.reference()) && bonded.add(slave.reference())) {
          of.add(byReference.get(slave.reference()));
        }
      }
      if (of.isEmpty() || result.size() == MOST_DEVICES) {
        notes.leaveOut(
            "a bond without members in the database",
            name + " " + Names.plain(master.text("device", "")));
        continue;
      }
      String device = devices.of(bond.reference(), master.text("device", "bond"));
      byReference.put(master.reference(), device);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", device);
      if (XapiNumbers.hasUuid(bond)) {
        one.put("uuid", bond.uuid());
      }
      one.put("of", new ArrayList<>(of));
      one.put("mode", mode(bond, name + " " + device));
      network(master, one);
      result.add(one);
    }
    return result;
  }

  private String mode(Row bond, String where) {
    String mode = bond.text("mode", "");
    return switch (mode) {
      case "active-backup", "lacp", "balance-slb" -> mode;
      default -> {
        // Schemas before 5.60 have no mode: their bonds spread sources.
        notes.assume("bond mode balance-slb: the database does not say", where);
        yield "balance-slb";
      }
    };
  }

  private List<Object> vlans(Row host, String name, Map<String, String> devices) {
    List<Object> result = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Row vlan : vlans.getOrDefault(host.reference(), List.of())) {
      Row tagged = database.follow(vlan, "tagged_PIF", "PIF").orElseThrow();
      Row untagged = database.follow(vlan, "untagged_PIF", "PIF").orElse(null);
      String device = devices.get(tagged.reference());
      long tag = vlan.number("tag", -1);
      Row network =
          untagged == null ? null : database.follow(untagged, "network", "network").orElse(null);
      if (device == null
          || network == null
          || tag < 0
          || tag > MOST_TAG
          || result.size() == MOST_VLANS
          || !seen.add(device + "/" + tag)) {
        notes.leaveOut("a VLAN whose PIF, network or tag is missing or taken", name + " " + tag);
        continue;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("on", device);
      one.put("tag", (int) tag);
      one.put("network", names.networks().of(network));
      result.add(one);
    }
    return result;
  }

  private boolean isPhysical(Row pif) {
    if (tunnelled.contains(pif.reference()) || masters.contains(pif.reference())) {
      return false;
    }
    if (pif.has("physical")) {
      return pif.is("physical");
    }
    return pif.number("VLAN", -1) < 0 && pif.set("bond_master_of").isEmpty();
  }

  private long speed(Row pif, String where) {
    long speed =
        database
            .follow(pif, "metrics", "PIF_metrics")
            .map(metrics -> metrics.number("speed", 0))
            .orElse(0L);
    if (speed > 0 && speed != NO_CARRIER_MBPS && speed <= 10_000_000) {
      return speed;
    }
    notes.assume("a link speed of 1 Gbit/s: the database has no metrics or no carrier", where);
    return DEFAULT_MBPS;
  }

  private void network(Row pif, Map<String, Object> nic) {
    database
        .follow(pif, "network", "network")
        .ifPresent(network -> nic.put("network", names.networks().of(network)));
  }

  /** Returns the pool's networks. */
  List<Object> networks() {
    List<Object> result = new ArrayList<>();
    for (Row network : database.rows("network")) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", names.networks().of(network));
      if (XapiNumbers.hasUuid(network)) {
        one.put("uuid", network.uuid());
      }
      long mtu = network.number("MTU", 1500);
      if (mtu < LEAST_MTU || mtu > MOST_MTU) {
        notes.assume(
            "an MTU of 1500: what the database gives is not 68 to 65535",
            "network " + one.get("name"));
      } else if (mtu != 1500) {
        one.put("mtu", mtu + "B");
      }
      result.add(one);
    }
    return result;
  }

  static void put(Map<String, Object> result, String key, List<Object> list) {
    if (!list.isEmpty()) {
      result.put(key, list);
    }
  }
}
