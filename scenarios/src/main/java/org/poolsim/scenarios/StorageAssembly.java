// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.pool.spec.ArraySpec;
import org.poolsim.pool.spec.PbdSpec;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.scenarios.language.Device;
import org.poolsim.scenarios.language.Format;
import org.poolsim.scenarios.language.Pbd;
import org.poolsim.scenarios.language.Raid;
import org.poolsim.scenarios.language.Sr;
import org.poolsim.scenarios.language.StorageArray;
import org.poolsim.storage.DeviceParameters;
import org.poolsim.storage.RaidLevel;
import org.poolsim.storage.SrType;

/** Arrays and SRs of the language as those of the pool, with what they leave out. */
final class StorageAssembly {
  private StorageAssembly() {}

  static RaidLevel raid(Raid raid) {
    return RaidLevel.valueOf(raid.name());
  }

  /** Returns how images of a type are kept. */
  static Format format(SrType type) {
    return type.image() == SrType.Image.RAW || type == SrType.ISO ? Format.RAW : Format.VHD;
  }

  /** Returns whether an SR of a type is seen by every host alike. */
  static boolean shared(SrType type) {
    return type != SrType.EXT && type != SrType.LVM && type != SrType.UDEV;
  }

  /** Returns a device with its class's figures where it has none of its own. */
  static Device resolved(Device device) {
    DeviceParameters known = DeviceParameters.classes().get(device.type());
    return new Device(
        device.type(),
        or(device.readLatency(), known.readLatencyNanos()),
        or(device.writeLatency(), known.writeLatencyNanos()),
        device.reads() != null ? device.reads() : known.readsPerSecond(),
        device.writes() != null ? device.writes() : known.writesPerSecond(),
        or(device.readRate(), Math.round(known.readBytesPerSecond())),
        or(device.writeRate(), Math.round(known.writeBytesPerSecond())));
  }

  private static Long or(Long given, long otherwise) {
    return given != null ? given : otherwise;
  }

  static Sr resolved(Sr sr, Inventory inventory) {
    List<Pbd> pbds = new ArrayList<>();
    if (sr.pbds() == null) {
      for (String pattern : patterns(inventory)) {
        pbds.add(new Pbd(pattern, sr.via()));
      }
    } else {
      sr.pbds()
          .forEach(pbd -> pbds.add(new Pbd(pbd.host(), pbd.via() == null ? sr.via() : pbd.via())));
    }
    return new Sr(
        sr.name(),
        sr.uuid(),
        sr.type(),
        sr.on(),
        format(sr.type()),
        sr.shared() != null ? sr.shared() : shared(sr.type()),
        sr.size(),
        sr.used(),
        sr.via(),
        List.copyOf(pbds),
        sr.perfmon());
  }

  private static List<String> patterns(Inventory inventory) {
    Map<Object, String> patterns = new LinkedHashMap<>();
    inventory.hosts.values().forEach(host -> patterns.put(host.name(), host.name()));
    return List.copyOf(patterns.values());
  }

  static List<ArraySpec> arrays(List<StorageArray> arrays, Inventory inventory) {
    List<ArraySpec> specs = new ArrayList<>();
    Map<Device, DeviceParameters> devices = new HashMap<>();
    for (StorageArray array : arrays) {
      DeviceParameters device =
          devices.computeIfAbsent(array.device(), StorageAssembly::parameters);
      for (String name : inventory.names(array.name())) {
        specs.add(
            new ArraySpec(
                name,
                array.devices(),
                device,
                raid(array.raid()),
                array.link() == null ? 0 : array.link() * 8,
                array.latency(),
                array.queueDepth()));
      }
    }
    return specs;
  }

  private static DeviceParameters parameters(Device device) {
    return new DeviceParameters(
        device.type(),
        device.readLatency(),
        device.writeLatency(),
        device.reads(),
        device.writes(),
        device.readRate(),
        device.writeRate());
  }

  static List<SrSpec> srs(List<Sr> srs, Inventory inventory) {
    List<SrSpec> specs = new ArrayList<>();
    for (Sr sr : srs) {
      List<PbdSpec> pbds = new ArrayList<>();
      for (Pbd pbd : sr.pbds()) {
        inventory.names(pbd.host()).forEach(host -> pbds.add(new PbdSpec(host, pbd.via())));
      }
      List<String> names = inventory.names(sr.name());
      for (int i = 0; i < names.size(); i++) {
        specs.add(
            new SrSpec(
                names.get(i),
                sr.uuid(),
                sr.type(),
                sr.shared(),
                sr.size() == null ? 0 : sr.size(),
                sr.used() == null ? -1 : sr.used(),
                inventory.walk(sr.on().array(), i),
                pbds));
      }
    }
    return specs;
  }
}
