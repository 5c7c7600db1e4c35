// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolHost;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.VmState;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.pool.spec.VdiSpec;
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.reports.serve.PoolFacts;
import org.poolsim.scenarios.PerfmonSetting;

/** What a pool is like at present, for clients of the service. */
final class PoolDescription {
  private final String scenario;
  private final RecorderOptions recording;
  private final long durationNanos;
  private final Map<Owner.Kind, Map<String, String>> perfmon = new HashMap<>();

  PoolDescription(
      String scenario,
      RecorderOptions recording,
      long durationNanos,
      List<PerfmonSetting> watched) {
    this.scenario = scenario;
    this.recording = recording;
    this.durationNanos = durationNanos;
    for (PerfmonSetting setting : watched) {
      perfmon
          .computeIfAbsent(setting.kind(), kind -> new HashMap<>())
          .put(setting.object(), joined(setting.texts()));
    }
  }

  /** One text with the variables of all. */
  private static String joined(List<String> texts) {
    if (texts.size() == 1) {
      return texts.get(0);
    }
    StringBuilder all = new StringBuilder("<config>");
    for (String text : texts) {
      int from = text.indexOf("<variable");
      int to = text.lastIndexOf("</config");
      if (from >= 0 && from < to) {
        all.append(text, from, to);
      }
    }
    return all.append("</config>").toString();
  }

  private String perfmon(Owner.Kind kind, String name) {
    return perfmon.getOrDefault(kind, Map.of()).getOrDefault(name, "");
  }

  PoolFacts of(Pool pool) {
    List<PoolFacts.Host> hosts = new ArrayList<>();
    Map<String, String> uuids = new HashMap<>();
    for (PoolHost host : pool.hosts()) {
      uuids.put(host.name(), host.owner().uuid());
      hosts.add(
          new PoolFacts.Host(
              host.owner().uuid(),
              host.name(),
              host.spec().cpu().pcpus(),
              host.isUp(),
              host.dom0Owner().uuid(),
              perfmon(Owner.Kind.HOST, host.name())));
    }
    List<PoolFacts.Vm> vms = new ArrayList<>();
    for (PoolVm vm : pool.vms()) {
      vms.add(
          new PoolFacts.Vm(
              vm.owner().uuid(),
              vm.name(),
              vm.host() == null ? "" : vm.host().owner().uuid(),
              vm.state() != VmState.HALTED && vm.state() != VmState.STARTING,
              vm.spec().vcpus(),
              vm.spec().memory().staticMaxBytes(),
              perfmon(Owner.Kind.VM, vm.name())));
    }
    Map<String, Long> virtualBytes = new HashMap<>();
    for (VdiSpec vdi : pool.spec().vdis()) {
      virtualBytes.merge(vdi.sr(), vdi.virtualSizeBytes(), Long::sum);
    }
    List<PoolFacts.Sr> srs = new ArrayList<>();
    for (SrSpec sr : pool.spec().srs()) {
      srs.add(
          new PoolFacts.Sr(
              pool.srOwner(sr.name()).uuid(),
              sr.name(),
              sr.type().name().toLowerCase(Locale.ROOT),
              sr.shared(),
              sr.sizeBytes(),
              virtualBytes.getOrDefault(sr.name(), 0L),
              sr.pbds().stream().map(pbd -> uuids.get(pbd.host())).toList(),
              perfmon(Owner.Kind.SR, sr.name())));
    }
    return new PoolFacts(
        pool.uuid(),
        pool.spec().name(),
        scenario,
        recording.epochSeconds(),
        recording.epochSeconds() + durationNanos * 1e-9,
        hosts,
        vms,
        srs);
  }
}
