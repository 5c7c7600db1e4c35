// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.poolsim.engine.Simulator;

class BackendServiceTest {
  private final Simulator simulator = new Simulator();
  private final HostCpu host =
      HostCpus.fluid(simulator, HostCpuSpec.of("host-1", CpuTopology.flat(4)));
  private final CpuDomain dom0 =
      host.createDomain(new DomainSpec("Domain-0", 2, 256, 0, null, null));
  private final BackendService backends = new BackendService(dom0);

  private final class Noted extends BackendService.Request {
    private long servedNanos = -1;

    @Override
    protected void served() {
      servedNanos = simulator.nowNanos();
    }
  }

  @Test
  void aProcessServesItsRequestsOneAfterTheOther() {
    BackendService.Worker tapdisk = backends.kind("tapdisk").worker();
    Noted first = new Noted();
    Noted second = new Noted();
    tapdisk.request(first, 1_000_000);
    tapdisk.request(second, 500_000);
    assertThat(tapdisk.queued()).isEqualTo(2);
    simulator.runUntil(10_000_000);
    assertThat(first.servedNanos).isEqualTo(1_000_000);
    assertThat(second.servedNanos).isEqualTo(1_500_000);
    assertThat(dom0.runningNanos(0)).isEqualTo(1_500_000);
    host.audit();
  }

  @Test
  void processesCompeteForTheVcpusOfDom0() {
    Noted[] requests = new Noted[4];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = new Noted();
      backends.kind("netback").worker().request(requests[i], 1_000_000);
    }
    simulator.runUntil(10_000_000);
    for (Noted request : requests) {
      assertThat(request.servedNanos).isEqualTo(2_000_000);
    }
  }

  @Test
  void eachKindKeepsItsAccounts() {
    BackendService.Kind tapdisk = backends.kind("tapdisk");
    BackendService.Kind netback = backends.kind("netback");
    BackendService.Worker process = tapdisk.worker();
    process.request(new Noted(), 300_000);
    process.request(new Noted(), 10_000_000);
    netback.worker().request(new Noted(), 200_000);
    simulator.runUntil(1_000_000);
    assertThat(tapdisk.requests()).isEqualTo(2);
    assertThat(tapdisk.served()).isEqualTo(1);
    assertThat(tapdisk.servedNanos()).isEqualTo(300_000);
    assertThat(tapdisk.queued()).isEqualTo(1);
    assertThat(netback.servedNanos()).isEqualTo(200_000);
    assertThat(backends.kinds()).containsExactly(tapdisk, netback);
    assertThat(backends.kind("tapdisk")).isSameAs(tapdisk);
  }

  @Test
  void aProcessThatEndsDropsWhatIsQueued() {
    BackendService.Worker process = backends.kind("tapdisk").worker();
    Noted request = new Noted();
    process.request(request, 1_000_000);
    assertThatThrownBy(() -> process.request(request, 1)).isInstanceOf(IllegalStateException.class);
    process.end();
    simulator.runUntil(10_000_000);
    assertThat(request.servedNanos).isEqualTo(-1);
    assertThat(request.isQueued()).isFalse();
    assertThat(backends.kind("tapdisk").queued()).isZero();
  }
}
