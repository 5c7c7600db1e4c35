// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.poolsim.engine.Simulator;

/** One SR as one host uses it: its path, its tapdisks, its data sources. */
final class HostSr {
  private final Simulator simulator;
  private final Sr sr;
  private final StoragePath path;
  private final StorageCosts costs;
  private final IoSources sources;
  private final Map<String, Tapdisk> tapdisks = new LinkedHashMap<>();
  private final IoInterval interval = new IoInterval();
  private boolean measured;

  HostSr(Simulator simulator, Sr sr, StoragePath path, StorageCosts costs, IoSources sources) {
    this.simulator = simulator;
    this.sr = sr;
    this.path = path;
    this.costs = costs;
    this.sources = sources;
  }

  StoragePath path() {
    return path;
  }

  Tapdisk open(String vdi, BackendCpu cpu) {
    Tapdisk tapdisk =
        tapdisks.computeIfAbsent(
            vdi, name -> new Tapdisk(simulator, costs, sr.type(), sr.array(), cpu));
    tapdisk.open();
    return tapdisk;
  }

  void close(Tapdisk tapdisk) {
    if (tapdisk.close()) {
      tapdisks.values().remove(tapdisk);
    }
  }

  /** Adds what a disk did; returns whether it is the first one of this interval. */
  boolean add(IoInterval disk) {
    boolean first = !measured;
    measured = true;
    interval.add(disk);
    return first;
  }

  void publish() {
    sources.publish(interval);
    interval.clear();
    measured = false;
  }
}
