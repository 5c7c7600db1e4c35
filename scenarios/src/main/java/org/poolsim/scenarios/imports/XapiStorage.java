// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.poolsim.engine.data.Owner;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** SRs with the arrays under them, and the disks of VMs. */
final class XapiStorage {
  private static final long MIB = 1L << 20;
  private static final long MOST_DISK = 64L << 40;
  private static final long MOST_SR = 100L << 50;
  private static final int MOST_DISKS = 255;
  private static final int LETTERS = 26;

  private final XapiDatabase database;
  private final PoolNames names;
  private final ImportNotes notes;
  private final XapiNetworks networks;
  private final XapiAlarms alarms;
  private final Map<String, List<Row>> pbds;
  private final Map<String, List<Row>> vbds;
  private final List<Object> arrays = new ArrayList<>();
  private final List<Object> srs = new ArrayList<>();

  /** By SR: the hosts (references) that it is attached to. */
  private final Map<String, Set<String>> attached = new HashMap<>();

  XapiStorage(
      XapiDatabase database,
      PoolNames names,
      ImportNotes notes,
      XapiNetworks networks,
      XapiAlarms alarms) {
    this.database = database;
    this.names = names;
    this.notes = notes;
    this.networks = networks;
    this.alarms = alarms;
    pbds = database.grouped("PBD", "SR");
    vbds = database.grouped("VBD", "VM");
  }

  /** Converts the SRs; hosts come first. */
  void convert(Map<String, HostPlan> hosts) {
    database.rows("SR").forEach(sr -> convert(sr, hosts));
  }

  List<Object> arrays() {
    return arrays;
  }

  List<Object> srs() {
    return srs;
  }

  private void convert(Row sr, Map<String, HostPlan> hosts) {
    String name = names.srs().of(sr);
    String type = type(sr);
    if (type == null) {
      notes.leaveOut(
          "an SR whose type holds no disks or is not known",
          name + ", type " + Names.plain(sr.text("type", "none")));
      return;
    }
    boolean network =
        type.equals("nfs") || type.equals("smb") || type.endsWith("iscsi") || type.equals("gfs2");
    Set<String> attachedTo = new HashSet<>();
    List<Object> pbdList = new ArrayList<>();
    for (Row pbd : pbds.getOrDefault(sr.reference(), List.of())) {
      HostPlan host = hosts.get(pbd.text("host", ""));
      if (host == null) {
        continue;
      }
      if (!pbd.is("currently_attached")) {
        notes.leaveOut("a PBD that is not attached", name + " on " + host.name());
      } else if (attachedTo.add(pbd.text("host", ""))) {
        pbdList.add(pbd(host, network ? networks.management(pbd.text("host", "")) : null));
      }
    }
    if (pbdList.isEmpty()) {
      notes.leaveOut("an SR that is attached to no host", name);
      return;
    }
    if (network) {
      notes.assume("storage traffic goes over the management interface", "SR " + name);
    }
    boolean shared = sr.is("shared");
    arrays.add(array(name, shared));
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", name);
    if (XapiNumbers.hasUuid(sr)) {
      one.put("uuid", sr.uuid());
    }
    one.put("type", type);
    one.put("on", name);
    one.put("shared", shared);
    long size = sr.number("physical_size", -1);
    if (size >= MIB && size <= MOST_SR) {
      one.put("size", size + "B");
      long used = sr.number("physical_utilisation", -1);
      if (used >= 0 && used <= size) {
        one.put("used", used + "B");
      }
    }
    one.put("pbds", pbdList);
    alarms.carry(sr, Owner.Kind.SR, name, one);
    srs.add(one);
    attached.put(sr.reference(), attachedTo);
  }

  private static Object pbd(HostPlan host, String via) {
    if (via == null) {
      return host.name();
    }
    Map<String, Object> pbd = new LinkedHashMap<>();
    pbd.put("host", host.name());
    pbd.put("via", via);
    return pbd;
  }

  private Map<String, Object> array(String name, boolean shared) {
    Map<String, Object> array = new LinkedHashMap<>();
    array.put("name", name);
    if (shared) {
      array.put("devices", 8);
      array.put("device", "ssd-sata");
      array.put("raid", "10");
      array.put("link", "1Gbps");
      notes.assume(
          "eight SATA SSDs in RAID 10 behind a 1 Gbit/s link: the database does not know the"
              + " device",
          "SR " + name);
    } else {
      array.put("device", "hdd-7200");
      notes.assume("one 7200-rpm disk: the database does not know the device", "SR " + name);
    }
    return array;
  }

  private static String type(Row sr) {
    return switch (sr.text("type", "").toLowerCase(Locale.ROOT)) {
      case "ext", "ext4", "xfs", "zfs", "btrfs", "file", "largeblock", "linstor" -> "ext";
      case "lvm" -> "lvm";
      case "nfs", "cephfs", "glusterfs", "moosefs" -> "nfs";
      case "smb", "cifs" -> "smb";
      case "lvmoiscsi", "netapp", "equal", "cslg", "egenera" -> "lvmoiscsi";
      case "lvmohba", "lvmofcoe" -> "lvmohba";
      case "gfs2" -> "gfs2";
      case "rawhba", "hba" -> "rawhba";
      case "iscsi" -> "rawiscsi";
      default -> null;
    };
  }

  /**
   * Returns a VM's disks in the order of their positions.
   *
   * @param host the host that it runs on; null if it is halted
   */
  List<Object> disks(Row vm, String name, String host) {
    List<Row> rows = new ArrayList<>();
    for (Row vbd : vbds.getOrDefault(vm.reference(), List.of())) {
      if (vbd.text("type", "Disk").equalsIgnoreCase("disk")) {
        rows.add(vbd);
      } else if (!vbd.is("empty") && database.follow(vbd, "VDI", "VDI").isPresent()) {
        notes.leaveOut("a CD drive with a disc", name);
      }
    }
    rows.sort(Comparator.comparingLong(XapiStorage::position));
    List<Object> disks = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Row vbd : rows) {
      Row vdi = database.follow(vbd, "VDI", "VDI").orElse(null);
      Row sr = vdi == null ? null : database.follow(vdi, "SR", "SR").orElse(null);
      Set<String> hosts = sr == null ? null : attached.get(sr.reference());
      String where = name + ", disk " + Names.plain(vbd.text("userdevice", "without a position"));
      if (hosts == null) {
        notes.leaveOut("a disk whose image or SR is not in the scenario", where);
      } else if (host != null && !hosts.contains(host)) {
        notes.leaveOut("a disk whose SR is not attached to the VM's host", where);
      } else if (disks.size() == MOST_DISKS) {
        notes.leaveOut("disks beyond " + MOST_DISKS + " of a VM", where);
      } else {
        disks.add(disk(vbd, vdi, sr, taken));
      }
    }
    return disks;
  }

  private Map<String, Object> disk(Row vbd, Row vdi, Row sr, Set<String> taken) {
    Map<String, Object> disk = new LinkedHashMap<>();
    // A VDI of several VMs gets the same name in each: that is one image, shared.
    disk.put(
        "name", names.images().of(vdi.reference(), vdi.uuid().isEmpty() ? "image" : vdi.uuid()));
    disk.put("sr", names.srs().of(sr));
    disk.put("size", XapiNumbers.clamp(vdi.number("virtual_size", MIB), MIB, MOST_DISK) + "B");
    disk.put("device", device(vbd, taken));
    if (vbd.text("mode", "RW").equalsIgnoreCase("RO")) {
      disk.put("mode", "read-only");
    }
    return disk;
  }

  private static long position(Row vbd) {
    return XapiNumbers.whole(vbd.text("userdevice", ""), Long.MAX_VALUE);
  }

  private static String device(Row vbd, Set<String> taken) {
    String device = vbd.text("device", "");
    if (!device.isBlank()) {
      String plain = Names.plain(device);
      if (taken.add(plain)) {
        return plain;
      }
    }
    long wanted = position(vbd);
    int position = wanted < MOST_DISKS ? (int) wanted : 0;
    while (!taken.add(letters(position))) {
      position++;
    }
    return letters(position);
  }

  private static String letters(int position) {
    String last = String.valueOf((char) ('a' + position % LETTERS));
    return position < LETTERS ? "xvd" + last : "xvd" + (char) ('a' + position / LETTERS - 1) + last;
  }
}
