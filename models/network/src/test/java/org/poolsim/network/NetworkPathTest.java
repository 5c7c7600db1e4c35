// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;

class NetworkPathTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long TEN_GIGABIT = 10_000_000_000L;
  private static final double GOODPUT = 1448.0 / 1538;
  private static final NetworkCosts FREE = new NetworkCosts(1, 0, 1, 0, 0);

  private final Simulator simulator = new Simulator();
  private final DataSources sources = new DataSources();
  private final Map<String, DataSource> byName = new LinkedHashMap<>();

  private HostNetwork host(NetworkCosts costs) {
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            byName.put(source.description().name(), source);
          }

          @Override
          public void removed(Owner owner, List<DataSource> removed) {}
        });
    return new HostNetwork(
        simulator,
        sources,
        new Owner(Owner.Kind.HOST, "h", "host-1"),
        new IdleCpu(simulator),
        costs);
  }

  private static Vif vif(HostNetwork host, int device, String mac, long limit) {
    return host.attach(new Owner(Owner.Kind.VM, "v", "vm"), device, "lan", 1500, mac, limit);
  }

  /** Sends or receives one message after the other. */
  private static final class Stream extends Message {
    private final Vif nic;
    private final boolean sends;
    private final long bytes;
    private long ended;

    Stream(Vif nic, boolean sends, long bytes) {
      this.nic = nic;
      this.sends = sends;
      this.bytes = bytes;
      again();
    }

    private void again() {
      if (sends) {
        nic.send(this, bytes);
      } else {
        nic.receive(this, bytes);
      }
    }

    @Override
    protected void completed() {
      ended++;
      again();
    }
  }

  @Test
  void streamsShareALinksGoodput() {
    HostNetwork host = host(FREE);
    host.addPif("eth0", TEN_GIGABIT);
    host.connect("lan", "eth0");
    Stream[] streams = new Stream[4];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new Stream(vif(host, i, "mac" + i, 0), true, 1 << 22);
    }
    simulator.runUntil(SECOND);

    double total = 0;
    for (Stream stream : streams) {
      total += stream.ended;
      assertThat((double) stream.ended).isCloseTo(70, within(2.0));
    }
    assertThat(total * (1 << 22)).isCloseTo(1.25e9 * GOODPUT, within(0.02 * 1.25e9));
    assertThat(host.pifs().get(0).sendingNanos(SECOND)).isCloseTo(1e9, within(1e6));
    assertThat(host.pifs().get(0).receivingNanos(SECOND)).isZero();
  }

  @Test
  void directionsAreIndependent() {
    HostNetwork host = host(FREE);
    host.addPif("eth0", TEN_GIGABIT);
    host.connect("lan", "eth0");
    Stream out = new Stream(vif(host, 0, "a", 0), true, 1 << 24);
    Stream in = new Stream(vif(host, 1, "b", 0), false, 1 << 24);
    simulator.runUntil(SECOND);

    double most = 1.25e9 * GOODPUT / (1 << 24);
    assertThat((double) out.ended).isCloseTo(most, within(2.0));
    assertThat((double) in.ended).isCloseTo(most, within(2.0));
  }

  /**
   * The slower of netback and wire sets the pace: a 64-KiB unit costs 9.35 us of dom0 and 5.6 us at
   * 100 Gbit/s.
   */
  @Test
  void netbackIsTheBottleneckOfAFastLink() {
    HostNetwork host = host(NetworkCosts.OPENVSWITCH);
    host.addPif("eth0", 100_000_000_000L);
    host.connect("lan", "eth0");
    Stream stream = new Stream(vif(host, 0, "a", 0), true, 1 << 24);
    simulator.runUntil(SECOND);

    assertThat((double) stream.ended * (1 << 24))
        .isCloseTo(65_536 / 9.35e-6, within(0.03 * 65_536 / 9.35e-6));
  }

  @Test
  void bondSpreadsVifsByMacUnderSlbAndMessagesUnderLacp() {
    assertThat(bonded(BondMode.ACTIVE_BACKUP, 8)).isCloseTo(1, within(0.03));
    assertThat(bonded(BondMode.BALANCE_SLB, 8)).isCloseTo(2, within(0.05));
    assertThat(bonded(BondMode.BALANCE_SLB, 1)).isCloseTo(1, within(0.05));
    assertThat(bonded(BondMode.LACP, 8)).isCloseTo(2, within(0.05));
  }

  /** Returns the goodput of streams over a bond of two in multiples of one link's. */
  private static double bonded(BondMode mode, int vifs) {
    NetworkPathTest test = new NetworkPathTest();
    HostNetwork host = test.host(FREE);
    host.addPif("eth0", TEN_GIGABIT);
    host.addPif("eth1", TEN_GIGABIT);
    host.addBond("bond0", List.of("eth0", "eth1"), mode);
    host.connect("lan", "bond0");
    Stream[] streams = new Stream[vifs];
    for (int i = 0; i < vifs; i++) {
      streams[i] = new Stream(vif(host, i, "mac" + i, 0), true, 1 << 20);
    }
    test.simulator.runUntil(SECOND);
    double bytes = 0;
    for (Stream stream : streams) {
      bytes += stream.ended * (double) (1 << 20);
    }
    return bytes / (1.25e9 * GOODPUT);
  }

  @Test
  void limitHoldsASenderBack() {
    HostNetwork host = host(FREE);
    host.addPif("eth0", TEN_GIGABIT);
    host.connect("lan", "eth0");
    Stream stream = new Stream(vif(host, 0, "a", 10_000_000), true, 1 << 20);
    simulator.runUntil(10 * SECOND);

    assertThat((double) stream.ended * (1 << 20)).isCloseTo(100e6, within(2e6));
  }

  /** Whatever the sizes, every byte arrives once and the devices' counters say so. */
  @Property(tries = 200)
  void bytesAreConserved(
      @ForAll @LongRange(min = 1, max = 100_000_000) long bytes, @ForAll boolean sends) {
    NetworkPathTest test = new NetworkPathTest();
    HostNetwork host = test.host(NetworkCosts.BRIDGE);
    host.addPif("eth0", TEN_GIGABIT);
    host.connect("lan", "eth0");
    int[] ended = new int[1];
    Message message =
        new Message() {
          @Override
          protected void completed() {
            ended[0]++;
          }
        };
    Vif vif = vif(host, 0, "a", 0);
    if (sends) {
      vif.send(message, bytes);
    } else {
      vif.receive(message, bytes);
    }
    test.simulator.runUntilIdle();

    assertThat(ended[0]).isEqualTo(1);
    double frames = bytes * 1514.0 / 1448;
    String direction = sends ? "_tx" : "_rx";
    assertThat(test.value("vif_0" + direction)).isCloseTo(frames, within(1e-6 * frames));
    assertThat(test.value("pif_eth0" + direction)).isCloseTo(frames, within(1e-6 * frames));
    assertThat(test.value("pif_aggr" + direction)).isCloseTo(frames, within(1e-6 * frames));
    assertThat(test.value(sends ? "vif_0_rx" : "vif_0_tx")).isZero();
  }

  @Property(tries = 50)
  void largerMessagesNeverTakeLess(
      @ForAll @LongRange(min = 1, max = 10_000_000) long bytes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int more) {
    assertThat(timeOf(bytes + more)).isGreaterThanOrEqualTo(timeOf(bytes));
  }

  private static long timeOf(long bytes) {
    NetworkPathTest test = new NetworkPathTest();
    HostNetwork host = test.host(FREE);
    host.addPif("eth0", TEN_GIGABIT);
    host.connect("lan", "eth0");
    long[] endNanos = new long[1];
    vif(host, 0, "a", 0)
        .send(
            new Message() {
              @Override
              protected void completed() {
                endNanos[0] = test.simulator.nowNanos();
              }
            },
            bytes);
    test.simulator.runUntilIdle();
    return endNanos[0];
  }

  @Test
  void unknownDeviceIsRefused() {
    HostNetwork host = host(FREE);
    host.addPif("eth0", TEN_GIGABIT);

    assertThatThrownBy(() -> host.connect("lan", "eth1"))
        .hasMessage("host host-1 has no PIF or bond eth1; expected one of [eth0]");
    assertThatThrownBy(() -> host.addBond("bond0", List.of("eth7"), BondMode.LACP))
        .hasMessage("bond bond0 has no PIF eth7; expected one of [eth0]");
  }

  private double value(String name) {
    return byName.get(name).value(simulator.nowNanos());
  }
}
