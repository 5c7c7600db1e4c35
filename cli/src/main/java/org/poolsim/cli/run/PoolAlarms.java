// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.scenarios.PerfmonSetting;

/** The perfmon of each host of a pool, and the alarms that they raise. */
public final class PoolAlarms {
  private final List<Alarm> alarms = new ArrayList<>();

  /**
   * Sets them going, if anything is to be watched.
   *
   * @param recorder has at least the series of {@link #watching}
   * @param random the streams of the replication; each host draws from one of its own
   */
  public PoolAlarms(
      Pool pool, Recorder recorder, List<PerfmonSetting> watched, RandomStreams random) {
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
    RandomStreams streams = random.within("perfmon");
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

  /**
   * Returns what a recorder must keep for alarms alone: the series of the objects that are watched,
   * of hosts too if an SR puts a variable on them. What an object lacks counts as 0 there, so that
   * it must have all that it would have otherwise.
   *
   * @param options what is recorded otherwise
   */
  static RecorderOptions watching(List<PerfmonSetting> watched, RecorderOptions options) {
    Set<String> objects = new HashSet<>();
    for (PerfmonSetting setting : watched) {
      objects.add(setting.kind() + " " + setting.object());
    }
    boolean srs = watched.stream().anyMatch(setting -> setting.kind() == Owner.Kind.SR);
    return options
        .withHistoryStepSeconds(0)
        .withSelection(
            options
                .selection()
                .and(
                    source ->
                        (srs && source.owner().kind() == Owner.Kind.HOST)
                            || objects.contains(
                                source.owner().kind() + " " + source.owner().name())));
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
