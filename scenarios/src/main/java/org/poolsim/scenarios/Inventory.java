// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolsim.pool.spec.Profiles;
import org.poolsim.scenarios.language.Disk;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.Image;
import org.poolsim.scenarios.language.Network;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Sr;
import org.poolsim.scenarios.language.StorageArray;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.NamePattern;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Position;
import org.poolsim.scenarios.yaml.Text;

/** Everything that a scenario names, with ranges taken apart. Building it finds double names. */
final class Inventory {
  /** Most hosts of a pool. */
  static final int MAX_HOSTS = 10_000;

  /** Most VMs of a pool. */
  static final int MAX_VMS = 100_000;

  private static final int MAX_OTHERS = 100_000;

  final Map<String, Host> hosts = new LinkedHashMap<>();
  final Map<String, StorageArray> arrays = new LinkedHashMap<>();
  final Map<String, Sr> srs = new LinkedHashMap<>();
  final Map<String, Image> images = new LinkedHashMap<>();
  final Map<String, Vm> vms = new LinkedHashMap<>();

  /** The networks that are declared; {@code null} if the scenario leaves them to be found. */
  final Set<String> networks;

  final Set<String> profiles = new LinkedHashSet<>();

  private final Mistakes mistakes;
  private final Places places;
  private final Map<String, List<String>> expanded = new HashMap<>();

  Inventory(Scenario scenario, Places places, Mistakes mistakes) {
    this.places = places;
    this.mistakes = mistakes;
    profiles.addAll(new Profiles().names());
    profiles.addAll(scenario.workloads().keySet());
    if (scenario.pool() == null || scenario.pool().networks() == null) {
      networks = null;
    } else {
      networks = new LinkedHashSet<>();
      Map<String, Network> declared = new LinkedHashMap<>();
      for (Network network : scenario.pool().networks()) {
        add(declared, network, network.name(), "network", MAX_OTHERS);
      }
      networks.addAll(declared.keySet());
    }
    if (scenario.pool() != null) {
      scenario.pool().hosts().forEach(host -> add(hosts, host, host.name(), "host", MAX_HOSTS));
      scenario
          .pool()
          .arrays()
          .forEach(array -> add(arrays, array, array.name(), "array", MAX_OTHERS));
      scenario.pool().storage().forEach(sr -> add(srs, sr, sr.name(), "SR", MAX_OTHERS));
      if (scenario.pool().images() != null) {
        scenario
            .pool()
            .images()
            .forEach(image -> add(images, image, image.name(), "image", MAX_OTHERS));
      }
    }
    scenario.vms().forEach(vm -> add(vms, vm, vm.name(), "VM", MAX_VMS));
  }

  private <T> void add(Map<String, T> known, T record, String pattern, String kind, int most) {
    if (pattern == null || !places.sound(record, "name")) {
      return;
    }
    Position position = places.of(record, "name");
    if (known.size() + NamePattern.count(pattern) > most) {
      mistakes.add(position, "more than " + most + " of the kind " + kind);
      return;
    }
    for (String name : names(pattern)) {
      T before = known.putIfAbsent(name, record);
      if (before != null) {
        mistakes.add(
            position,
            "there is another "
                + kind
                + " \""
                + Text.shorten(name)
                + "\", at "
                + places.of(before, "name"));
        return;
      }
    }
  }

  /** Returns the names of a pattern; itself if it stands for too many, or for none. */
  List<String> names(String pattern) {
    return expanded.computeIfAbsent(
        pattern,
        p -> {
          long count = NamePattern.count(p);
          return count == 0 || count > NamePattern.MOST ? List.of(p) : NamePattern.expand(p);
        });
  }

  /** Returns the name of a pattern that belongs to the index-th of a ranged entry. */
  String walk(String pattern, int index) {
    if (pattern == null) {
      return null;
    }
    List<String> names = names(pattern);
    return names.get(index % names.size());
  }

  /** Returns the images that disks bring with them: those that {@code clone_of} names. */
  Map<String, Disk> implicitImages(Scenario scenario) {
    Map<String, Disk> found = new LinkedHashMap<>();
    for (Vm vm : scenario.vms()) {
      for (Disk disk : vm.disks()) {
        if (disk.cloneOf() != null) {
          for (String name : names(disk.cloneOf())) {
            if (!images.containsKey(name)) {
              found.putIfAbsent(name, disk);
            }
          }
        }
      }
    }
    return found;
  }
}
