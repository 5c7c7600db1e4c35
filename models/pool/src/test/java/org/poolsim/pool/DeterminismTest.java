// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.data.DataSources;
import org.poolsim.pool.spec.Profiles;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VmSpec;

class DeterminismTest {
  private static String fingerprint(long seed, int replication) {
    List<VmSpec> vms = new ArrayList<>();
    Profiles profiles = new Profiles();
    for (String profile : profiles.names()) {
      vms.add(Scenes.vm(profile).vcpus(2).workloads(profiles.workloads(profile)).build());
      vms.add(
          Scenes.vm(profile + "-late")
              .workloads(profiles.workloads(profile))
              .start(new StartSpec(0, 20_000_000_000L))
              .build());
    }
    Pool pool =
        new Pool(
            new RunSpec(
                Scenes.pool(List.of(Scenes.host("host-1", 4), Scenes.host("host-2", 4)), vms),
                seed,
                60_000_000_000L),
            replication,
            CpuFactory.FLUID,
            new DataSources(),
            PoolObserver.NOBODY);
    pool.run();
    StringBuilder text = new StringBuilder();
    for (MetricSeries series : pool.metrics().all()) {
      text.append(series.definition().name()).append(' ');
      for (int i = 0; i < series.entities().size(); i++) {
        MetricSeries.Values values = series.values(i);
        text.append(values.count())
            .append('/')
            .append(values.mean())
            .append('/')
            .append(values.percentile(99));
        text.append(' ');
      }
      text.append('\n');
    }
    return text.append(pool.events())
        .append(pool.vms().stream().map(vm -> vm.owner().uuid()).toList())
        .append(pool.simulator().eventsFired())
        .toString();
  }

  @Test
  void sameSeedSameRun() {
    assertThat(fingerprint(1, 0)).isEqualTo(fingerprint(1, 0));
  }

  @Test
  void otherSeedOrReplicationOtherRun() {
    assertThat(fingerprint(1, 0)).isNotEqualTo(fingerprint(2, 0)).isNotEqualTo(fingerprint(1, 1));
  }

  @Test
  void uuidsAreVersionFourAndTheSameInEachReplication() {
    Uuids uuids = new Uuids(new org.poolsim.engine.random.RandomStreams(1));
    java.util.UUID uuid = java.util.UUID.fromString(uuids.of(null, "vm", "web"));

    assertThat(uuid.version()).isEqualTo(4);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuids.of(null, "vm", "web")).isEqualTo(uuid.toString());
    assertThat(uuids.of(null, "vm", "db")).isNotEqualTo(uuid.toString());
    assertThat(uuids.of("given", "vm", "db")).isEqualTo("given");
    assertThat(uuids.mac(null, "web", 0)).matches("[0-9a-f][26ae](:[0-9a-f]{2}){5}");
  }
}
