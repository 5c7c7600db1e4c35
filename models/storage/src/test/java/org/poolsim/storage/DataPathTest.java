// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.stat.Tally;

class DataPathTest {
  private static final long SECOND = 1_000_000_000L;
  private static final DeviceParameters SSD = DeviceParameters.classes().get("ssd-sata");
  private static final DeviceParameters DISK = DeviceParameters.classes().get("hdd-7200");
  private static final StorageCosts FREE = new StorageCosts(1, 1, 0, 0, 0, 0, 0);
  private static final Owner HOST = new Owner(Owner.Kind.HOST, "host-uuid", "host-1");
  private static final Owner VM = new Owner(Owner.Kind.VM, "vm-uuid", "vm");

  private final Simulator simulator = new Simulator();
  private final DataSources sources = new DataSources();
  private final Map<String, DataSource> byName = new LinkedHashMap<>();
  private final Tally latency = new Tally();
  private final long[] stages = new long[IoStage.count()];

  private StorageArray array(DeviceParameters device, int devices, RaidLevel raid, int queueDepth) {
    return new StorageArray(simulator, "array", devices, device, raid, 0, 0, queueDepth);
  }

  private HostStorage host(StorageArray array, StorageCosts costs) {
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            byName.put(source.description().name(), source);
          }

          @Override
          public void removed(Owner owner, java.util.List<DataSource> removed) {
            byName.values().removeAll(removed);
          }
        });
    HostStorage host = new HostStorage(simulator, sources, HOST, new IdleCpu(simulator), costs);
    host.plug(new Sr("sr", "01234567-89ab", SrType.EXT, array), StoragePath.DIRECT);
    return host;
  }

  private void ended(BlockRequest request, long nanos) {
    latency.add((double) nanos);
    long sum = 0;
    for (IoStage stage : IoStage.values()) {
      assertThat(request.stageNanos(stage)).as(stage.text()).isNotNegative();
      stages[stage.ordinal()] += request.stageNanos(stage);
      sum += request.stageNanos(stage);
    }
    assertThat(sum).as("stages of a request").isEqualTo(nanos);
  }

  private Vbd disk(HostStorage host, String vdi) {
    return host.attach(VM, "xvda", "sr", vdi, this::ended);
  }

  /** Keeps one request going on a disk, always the same. */
  private static final class Loop extends BlockRequest {
    private final Vbd disk;
    private final IoDirection kind;
    private final long size;
    private final Access where;
    private long ended;

    Loop(Vbd disk, IoDirection kind, long size, Access where) {
      this.disk = disk;
      this.kind = kind;
      this.size = size;
      this.where = where;
      disk.submit(this, kind, size, where);
    }

    @Override
    protected void completed() {
      ended++;
      disk.submit(this, kind, size, where);
    }
  }

  private static final class Once extends BlockRequest {
    Once(Vbd disk) {
      disk.submit(this, IoDirection.READ, 4096, Access.RANDOM);
    }

    @Override
    protected void completed() {}
  }

  private double share(IoStage stage) {
    return stages[stage.ordinal()] / (double) LongStream.of(stages).sum();
  }

  private double perSecond(
      StorageArray array, int loops, IoDirection direction, long bytes, Access access) {
    HostStorage host = host(array, FREE);
    for (int i = 0; i < loops; i++) {
      // A process of its own for each, so that only the array limits.
      new Loop(disk(host, "vdi-" + i), direction, bytes, access);
    }
    simulator.runUntil(SECOND);
    return array.served();
  }

  @Test
  void arrayServesWhatItsDevicesCan() {
    assertThat(
            perSecond(
                array(SSD, 4, RaidLevel.RAID0, 4096), 200, IoDirection.READ, 4096, Access.RANDOM))
        .isCloseTo(4 * 90e3, within(1e3));
  }

  @Test
  void smallWritesPayTheRaidPenalty() {
    assertThat(
            perSecond(
                array(SSD, 8, RaidLevel.RAID5, 4096), 200, IoDirection.WRITE, 4096, Access.RANDOM))
        .isCloseTo(8 * 25e3 / 4, within(500.0));
  }

  @Test
  void longWritesPayTheStripeOverheadOnly() {
    double bytes =
        (1 << 20)
            * perSecond(
                array(SSD, 8, RaidLevel.RAID6, 4096),
                64,
                IoDirection.WRITE,
                1 << 20,
                Access.SEQUENTIAL);

    assertThat(bytes).isCloseTo(500e6 * 6, within(80e6));
  }

  @Test
  void oneRotatingDiskServesEightyRandomReads() {
    assertThat(
            perSecond(
                array(DISK, 1, RaidLevel.RAID0, 32), 1, IoDirection.READ, 4096, Access.RANDOM))
        .isBetween(79.0, 81.0);
  }

  @Test
  void unloadedReadTakesTheDevicesLatencyAndTransfer() {
    HostStorage host = host(array(SSD, 4, RaidLevel.RAID10, 32), FREE);
    new Loop(disk(host, "vdi"), IoDirection.READ, 4096, Access.RANDOM);
    simulator.runUntil(SECOND);

    assertThat(latency.max()).isCloseTo(130_000 + 4096 / 0.54 + 2, within(2.0));
  }

  /** Little's law: requests in the system = rate x latency, with the array's queue full. */
  @Test
  void requestsBeyondTheQueueDepthWaitInTheHosts() {
    StorageArray array = array(SSD, 1, RaidLevel.RAID0, 16);
    HostStorage host = host(array, FREE);
    for (int i = 0; i < 64; i++) {
      new Loop(disk(host, "vdi-" + i), IoDirection.READ, 4096, Access.RANDOM);
    }
    simulator.runUntil(SECOND / 2);

    assertThat(array.outstanding()).isEqualTo(16);
    assertThat(array.waiting()).isBetween(40, 48);
    assertThat(array.served() / 0.5 * latency.mean() / 1e9).isCloseTo(64, within(1.0));
    assertThat((double) array.fullNanos()).isGreaterThan(0.49 * SECOND);
    assertThat(array.busyNanos()).isCloseTo(SECOND / 2.0, within(1e6));
    assertThat(array.requestNanos() / (SECOND / 2)).isCloseTo(64, within(1.0));
    assertThat(share(IoStage.ARRAY_QUEUE)).isGreaterThan(0.7);
    assertThat(share(IoStage.TAPDISK_QUEUE)).isZero();
  }

  @Test
  void fullnessIsToldAtEachChange() {
    StorageArray array = array(SSD, 1, RaidLevel.RAID0, 2);
    List<Boolean> full = new ArrayList<>();
    array.listen(() -> full.add(array.outstanding() == 2));
    HostStorage host = host(array, FREE);
    for (int i = 0; i < 2; i++) {
      new Once(disk(host, "vdi-" + i));
    }
    simulator.runUntil(SECOND);

    assertThat(full).containsExactly(true, false);
    assertThat(array.servedBytes()).isEqualTo(2 * 4096);
  }

  @Test
  void ringHoldsThirtyTwoSlotsOf44Kib() {
    HostStorage host = host(array(DISK, 1, RaidLevel.RAID0, 1024), FREE);
    Vbd vbd = disk(host, "vdi");
    for (int i = 0; i < 20; i++) {
      // Two slots each.
      new Loop(vbd, IoDirection.READ, 64 << 10, Access.RANDOM);
    }

    assertThat(vbd.waiting()).isEqualTo(4);
  }

  @Test
  void oneImageIsServedByOneProcess() {
    StorageArray array = array(DeviceParameters.classes().get("optane"), 16, RaidLevel.RAID0, 4096);
    HostStorage host = host(array, StorageCosts.DEFAULT);
    Vbd vbd = disk(host, "vdi");
    for (int i = 0; i < 32; i++) {
      new Loop(vbd, IoDirection.READ, 4096, Access.RANDOM);
    }
    simulator.runUntil(SECOND);

    // 7.5 us to issue and 5.25 us to complete: 78,000 a second whatever the array could do.
    assertThat((double) array.served()).isCloseTo(1e9 / 12_750, within(100.0));
    assertThat(share(IoStage.TAPDISK_QUEUE)).isGreaterThan(0.7);
    assertThat(share(IoStage.DOM0_WAIT)).isZero();
  }

  @Test
  void dataSourcesShowTheIntervalThatHasJustEnded() {
    HostStorage host = host(array(DISK, 1, RaidLevel.RAID0, 32), StorageCosts.DEFAULT);
    Loop loop = new Loop(disk(host, "vdi"), IoDirection.READ, 4096, Access.RANDOM);
    simulator.runUntil(5 * SECOND);

    double reads = loop.ended;
    assertThat(reads).isGreaterThan(390);
    assertThat(value("vbd_xvda_iops_read")).isEqualTo(reads);
    assertThat(value("vbd_xvda_read")).isEqualTo(reads * 4096);
    assertThat(value("vbd_xvda_io_throughput_total")).isCloseTo(reads / 256, within(1e-9));
    assertThat(value("vbd_xvda_read_latency")).isEqualTo(Math.floor(latency.mean() / 1000));
    assertThat(value("vbd_xvda_write_latency")).isZero();
    assertThat(value("vbd_xvda_iowait")).isCloseTo(5, within(0.02));
    assertThat(value("vbd_xvda_avgqu_sz")).isCloseTo(1, within(0.005));
    assertThat(value("iops_total_01234567")).isEqualTo(reads);
    assertThat(value("latency_01234567")).isCloseTo(latency.mean() / 1000, within(1e-6));
  }

  @Test
  void quietDiskPublishesItsZerosAndThenCostsNothing() {
    HostStorage host = host(array(SSD, 1, RaidLevel.RAID0, 32), StorageCosts.DEFAULT);
    Vbd vbd = disk(host, "vdi");
    vbd.submit(
        new BlockRequest() {
          @Override
          protected void completed() {}
        },
        IoDirection.WRITE,
        4096,
        Access.RANDOM);
    simulator.runUntil(5 * SECOND);
    assertThat(value("vbd_xvda_write_latency")).isPositive();

    simulator.runUntil(15 * SECOND);
    assertThat(value("vbd_xvda_write_latency")).isZero();
    assertThat(value("vbd_xvda_inflight")).isZero();
    assertThat(simulator.pending()).isZero();
  }

  @Test
  void detachedDiskAnswersNothingMore() {
    StorageArray array = array(SSD, 1, RaidLevel.RAID0, 32);
    HostStorage host = host(array, StorageCosts.DEFAULT);
    Vbd vbd = disk(host, "vdi");
    Loop loop = new Loop(vbd, IoDirection.READ, 4096, Access.RANDOM);
    simulator.runUntil(SECOND);
    long ended = loop.ended;
    vbd.detach();
    simulator.runUntil(10 * SECOND);

    assertThat(loop.ended).isEqualTo(ended);
    assertThat(array.outstanding()).isZero();
  }

  @Test
  void unknownSrIsRefused() {
    HostStorage host = host(array(SSD, 1, RaidLevel.RAID0, 32), FREE);

    assertThatThrownBy(() -> host.attach(VM, "xvda", "other", "vdi", (request, nanos) -> {}))
        .hasMessage("SR other is not plugged on host host-1; expected one of [sr]");
  }

  private double value(String name) {
    return byName.get(name).value(simulator.nowNanos());
  }
}
