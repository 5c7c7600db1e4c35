// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolHost;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.alerts.Perfmon;
import org.poolsim.reports.alerts.PerfmonSettings;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.scenarios.PerfmonSetting;

/** The perfmon of each host of a pool, and the alarms that they raise. */
public final class PoolAlarms {
  private final List<Alarm> alarms = new ArrayList<>();

  /**
   * Sets them going, if anything is to be watched.
   *
   * @param seed the run's seed; each host draws from a stream of its own
   */
  public PoolAlarms(Pool pool, Recorder recorder, List<PerfmonSetting> watched, long seed) {
    if (watched.isEmpty()) {
      return;
    }
    Map<String, Owner> hosts = new HashMap<>();
    pool.hosts().forEach(host -> hosts.put(host.name(), host.owner()));
    Map<String, Owner> vms = new HashMap<>();
    pool.vms().forEach(vm -> vms.put(vm.name(), vm.owner()));
    Map<String, Owner> srs = new HashMap<>();
    for (SrSpec sr : pool.spec().srs()) {
      srs.put(sr.name(), pool.srOwner(sr.name()));
    }
    PerfmonSettings settings = new PerfmonSettings();
    for (PerfmonSetting setting : watched) {
      Map<String, Owner> all =
          switch (setting.kind()) {
            case HOST -> hosts;
            case VM -> vms;
            case SR -> srs;
          };
      settings.configure(all.get(setting.object()), setting.texts().toArray(new String[0]));
    }
    RandomStreams streams = new RandomStreams(seed).within("perfmon");
    for (PoolHost host : pool.hosts()) {
      List<Owner> plugged = new ArrayList<>();
      for (SrSpec sr : pool.spec().srs()) {
        if (sr.pbds().stream().anyMatch(pbd -> pbd.host().equals(host.name()))) {
          plugged.add(srs.get(sr.name()));
        }
      }
      RandomStream stream = streams.stream(host.name());
      new Perfmon(
              pool.simulator(),
              recorder,
              settings,
              new OnHost(host, plugged),
              stream::nextDouble,
              alarms::add)
          .start();
    }
  }

  /** Returns the alarms so far, in the order in which they were raised. */
  public List<Alarm> alarms() {
    return Collections.unmodifiableList(alarms);
  }

  private record OnHost(PoolHost host, List<Owner> srs) implements Perfmon.Host {
    @Override
    public Owner owner() {
      return host.owner();
    }

    @Override
    public List<Owner> vms() {
      List<Owner> vms = new ArrayList<>();
      for (PoolVm vm : host.vms()) {
        vms.add(vm.owner());
      }
      return vms;
    }
  }
}
