// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.data.Sampled;

class RecorderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Owner HOST =
      new Owner(Owner.Kind.HOST, "11111111-2222-3333-4444-555555555555", "host-1");
  private static final Owner VM =
      new Owner(Owner.Kind.VM, "aaaaaaaa-2222-3333-4444-555555555555", "vm-1");

  private static Description describe(
      Owner owner, String name, Description.Type type, double min, double max, boolean inverse) {
    return new Description(owner, name, name, "", type, false, min, max, inverse, true);
  }

  private static RecorderOptions options(Mode mode) {
    return RecorderOptions.defaults().withMode(mode).withHistoryStepSeconds(30);
  }

  @Test
  void aGaugeIsSampledBeforeTheChangesOfItsInstant() {
    Simulator simulator = new Simulator();
    DataSources sources = new DataSources();
    Recorder recorder = new Recorder(simulator, RecorderOptions.defaults());
    sources.subscribe(recorder);
    Gauge gauge =
        sources.add(
            new Gauge(
                describe(
                    HOST, "loadavg", Description.Type.GAUGE, 0, Double.POSITIVE_INFINITY, false),
                1));
    simulator.runUntil(5 * SECOND);
    gauge.set(2);
    simulator.runUntil(12 * SECOND);
    gauge.set(3);
    simulator.runUntil(15 * SECOND);
    recorder.finish();

    ObjectRecord host = recorder.objects().get(0);
    assertThat(host.lastUpdateSeconds()).isEqualTo(RecorderOptions.DEFAULT_EPOCH_SECONDS + 15);
    assertThat(host.cell(0, 117, 0)).isEqualTo(1);
    assertThat(host.cell(0, 118, 0)).isEqualTo(2);
    assertThat(host.cell(0, 119, 0)).isEqualTo(3);
    assertThat(host.cell(0, 116, 0)).isNaN();
  }

  @Test
  void theFirstDifferenceOfACounterIsUnknownWhichTheFiveSecondArchiveShowsAsZero() {
    Simulator simulator = new Simulator();
    DataSources sources = new DataSources();
    Recorder recorder = new Recorder(simulator, RecorderOptions.defaults());
    sources.subscribe(recorder);
    Counter counter =
        sources.add(
            new Counter(
                describe(
                    HOST,
                    "pif_eth0_rx",
                    Description.Type.DERIVE,
                    0,
                    Double.POSITIVE_INFINITY,
                    false)));
    counter.setRate(0, 100);
    simulator.runUntil(20 * SECOND);
    recorder.finish();

    ObjectRecord host = recorder.objects().get(0);
    assertThat(host.cell(0, 116, 0)).isZero();
    assertThat(host.cell(0, 117, 0)).isEqualTo(100);
    assertThat(host.cell(0, 119, 0)).isEqualTo(100);
    assertThat(host.lastSample(0)).isEqualTo("2000");
  }

  @Test
  void hostsHaveTenArchivesAndVmsFourUnlessAsked() {
    for (boolean minMax : new boolean[] {false, true}) {
      RecorderOptions options = RecorderOptions.defaults();
      Recorder recorder =
          new Recorder(new Simulator(), minMax ? options.withMinMaxForAll() : options);
      DataSources sources = new DataSources();
      sources.add(new Gauge(describe(VM, "memory", Description.Type.GAUGE, 0, 1e18, false), 1));
      sources.add(new Gauge(describe(HOST, "loadavg", Description.Type.GAUGE, 0, 1e18, false), 1));
      sources.subscribe(recorder);
      assertThat(recorder.objects())
          .extracting(object -> object.archives().size())
          .containsExactly(10, minMax ? 10 : 4);
    }
  }

  @Test
  void theSelectionLeavesSourcesOut() {
    Recorder recorder =
        new Recorder(
            new Simulator(),
            RecorderOptions.defaults().withSelection(d -> d.name().startsWith("cpu")));
    DataSources sources = new DataSources();
    sources.subscribe(recorder);
    sources.add(new Gauge(describe(HOST, "cpu_avg", Description.Type.GAUGE, 0, 1, false), 1));
    sources.add(new Gauge(describe(HOST, "loadavg", Description.Type.GAUGE, 0, 1, false), 1));
    assertThat(recorder.objects().get(0).descriptions())
        .extracting(Description::name)
        .containsExactly("cpu_avg");
  }

  @Test
  void aVmThatComesBackKeepsItsHistory() {
    Simulator simulator = new Simulator();
    DataSources sources = new DataSources();
    Recorder recorder = new Recorder(simulator, RecorderOptions.defaults().withMode(Mode.RRDTOOL));
    sources.subscribe(recorder);
    Description memory = describe(VM, "memory", Description.Type.GAUGE, 0, 1e18, false);
    sources.add(new Gauge(memory, 7));
    simulator.runUntil(100 * SECOND);
    sources.remove(VM);
    simulator.runUntil(1000 * SECOND);
    sources.add(new Gauge(memory, 9));
    simulator.runUntil(1020 * SECOND);
    recorder.finish();

    ObjectRecord vm = recorder.objects().get(0);
    assertThat(vm.cell(0, 119, 0)).isEqualTo(9);
    assertThat(vm.cell(0, 0, 0)).isNaN();
    // One-minute rows: the first is 7, the one that holds the return is unknown (gap), then 9.
    assertThat(vm.cell(1, 119 - 16, 0)).isEqualTo(7);
    assertThat(vm.cell(1, 119 - 8, 0)).isNaN();
  }

  @Property(tries = 60)
  void bulkConsolidationFillsTheSameCellsAsOneSampleAtATime(@ForAll long seed) {
    for (Mode mode : Mode.values()) {
      List<ObjectRecord> lazy = run(seed, options(mode), false);
      List<ObjectRecord> eager = run(seed, options(mode), true);
      assertThat(lazy).hasSameSizeAs(eager);
      for (int o = 0; o < lazy.size(); o++) {
        assertEqualCells(lazy.get(o), eager.get(o));
      }
    }
  }

  @Property(tries = 8)
  void manyChangesAtAndBesideSamplingInstantsFillTheSameCellsAsOneSampleAtATime(@ForAll long seed) {
    for (Mode mode : Mode.values()) {
      assertEqualCells(manyChanges(seed, mode, false), manyChanges(seed, mode, true));
    }
  }

  /** Hundreds of changes between two looks at the log, most of them at sampling instants. */
  private static ObjectRecord manyChanges(long seed, Mode mode, boolean eager) {
    Simulator simulator = new Simulator();
    DataSources sources = new DataSources();
    Recorder recorder = new Recorder(simulator, options(mode));
    sources.subscribe(recorder);
    Counter usage =
        sources.add(new Counter(describe(VM, "cpu0", Description.Type.DERIVE, 0, 1, false)));
    Gauge memory =
        sources.add(new Gauge(describe(VM, "memory", Description.Type.GAUGE, 0, 1e18, false), 7));
    Random random = new Random(seed);
    for (int change = 0; change < 500; change++) {
      long until = simulator.nowNanos() + (1 + random.nextInt(100)) * (5 * SECOND);
      until -= random.nextInt(4) == 0 ? 1 + random.nextInt(1_000_000_000) : until % (5 * SECOND);
      for (long now = simulator.nowNanos(); eager && now < until; now += SECOND) {
        simulator.runUntil(now);
        recorder.catchUp();
      }
      simulator.runUntil(until);
      usage.setRate(until, random.nextDouble());
      if (random.nextInt(5) == 0) {
        usage.add(random.nextDouble());
      }
      if (random.nextInt(3) == 0) {
        memory.set(random.nextInt(8) == 0 ? Double.NaN : random.nextDouble());
      }
    }
    recorder.finish();
    return recorder.objects().get(0);
  }

  @Property(tries = 40)
  void theRecorderAgreesWithTheLibraryFedSampleBySample(@ForAll long seed) {
    for (Mode mode : Mode.values()) {
      List<Description> descriptions = descriptions();
      RoundRobinDatabase reference =
          new RoundRobinDatabase(
              mode,
              descriptions.stream().map(SourceDefinition::of).toList(),
              ArchiveDefinition.WITH_MIN_MAX,
              RecorderOptions.DEFAULT_EPOCH_SECONDS);
      ObjectRecord recorded = runWithReference(seed, options(mode), descriptions, reference);
      for (int a = 0; a < recorded.archives().size(); a++) {
        for (int row = 0; row < recorded.archives().get(a).rows(); row++) {
          for (int i = 0; i < descriptions.size(); i++) {
            double expected = reference.cell(a, row, i);
            double actual = recorded.cell(a, row, i);
            if (Double.isNaN(expected) || Double.isInfinite(expected)) {
              assertThat((Object) actual).isEqualTo(expected);
            } else {
              assertThat(actual)
                  .as("archive %d row %d source %d", a, row, i)
                  .isCloseTo(
                      expected,
                      org.assertj.core.data.Offset.offset(1e-9 + 2e-7 * Math.abs(expected)));
            }
          }
        }
      }
    }
  }

  private static List<Description> descriptions() {
    double inf = Double.POSITIVE_INFINITY;
    return List.of(
        describe(HOST, "gauge", Description.Type.GAUGE, -inf, inf, false),
        describe(HOST, "bounded", Description.Type.GAUGE, 0.5, 3, false),
        describe(HOST, "rate", Description.Type.DERIVE, 0, inf, false),
        describe(HOST, "amount", Description.Type.ABSOLUTE, 0, inf, false),
        describe(HOST, "idle", Description.Type.DERIVE, -inf, inf, true),
        describe(HOST, "read", Description.Type.GAUGE, -inf, inf, false),
        describe(HOST, "readTotal", Description.Type.DERIVE, 0, inf, false));
  }

  private static ObjectRecord runWithReference(
      long seed,
      RecorderOptions options,
      List<Description> descriptions,
      RoundRobinDatabase reference) {
    Simulator simulator = new Simulator();
    Feed feed = new Feed(simulator, seed, descriptions);
    Sample sample = new Sample(descriptions.size());
    double[] lastAmount = new double[1];
    feed.beforeSample =
        now -> {
          for (int i = 0; i < descriptions.size(); i++) {
            double value = feed.value(i, now);
            if (i == 3) {
              double total = value;
              value = total - lastAmount[0];
              lastAmount[0] = total;
            }
            sample.set(i, value);
          }
          reference.update(RecorderOptions.DEFAULT_EPOCH_SECONDS + now / (double) SECOND, sample);
        };
    Recorder recorder = new Recorder(simulator, options);
    feed.sources.subscribe(recorder);
    simulator.runUntil(feed.endNanos);
    recorder.finish();
    return recorder.objects().get(0);
  }

  private static List<ObjectRecord> run(long seed, RecorderOptions options, boolean eager) {
    Simulator simulator = new Simulator();
    Feed feed = new Feed(simulator, seed, descriptions());
    Recorder recorder = new Recorder(simulator, options);
    feed.sources.subscribe(recorder);
    if (eager) {
      simulator.schedule(
          new Event() {
            @Override
            protected void fire() {
              recorder.catchUp();
              simulator.scheduleAfter(this, 5 * SECOND);
            }
          },
          0);
    }
    simulator.runUntil(feed.endNanos);
    recorder.finish();
    return recorder.objects();
  }

  private static void assertEqualCells(ObjectRecord lazy, ObjectRecord eager) {
    assertThat(lazy.lastUpdateSeconds()).isEqualTo(eager.lastUpdateSeconds());
    for (int i = 0; i < lazy.sources().size(); i++) {
      for (int a = 0; a < lazy.archives().size(); a++) {
        for (int row = 0; row < lazy.archives().get(a).rows(); row++) {
          assertThat((Object) lazy.cell(a, row, i))
              .as("%s archive %d row %d", lazy.sources().get(i).name(), a, row)
              .isEqualTo(eager.cell(a, row, i));
        }
        assertThat((Object) lazy.openRowValue(a, i)).isEqualTo(eager.openRowValue(a, i));
        assertThat(lazy.openRowUnknown(a, i)).isEqualTo(eager.openRowUnknown(a, i));
      }
      History one = lazy.history(i);
      History other = eager.history(i);
      assertThat(one.size()).isEqualTo(other.size());
      for (int row = 0; row < one.size(); row++) {
        assertThat((Object) one.row(row)).isEqualTo(other.row(row));
      }
    }
  }

  /** Changes sources at random instants, some of them quiet for hours. */
  private static final class Feed {
    final DataSources sources = new DataSources();
    final long endNanos;
    final List<org.poolsim.engine.data.DataSource> all = new ArrayList<>();
    java.util.function.LongConsumer beforeSample = now -> {};
    private final double[] read = new double[2];

    Feed(Simulator simulator, long seed, List<Description> descriptions) {
      Random random = new Random(seed);
      endNanos = (1000 + random.nextInt(40_000)) * SECOND;
      simulator.schedule(
          new Event() {
            @Override
            protected void fire() {
              beforeSample.accept(simulator.nowNanos());
              simulator.scheduleAfter(this, 5 * SECOND);
            }
          },
          5 * SECOND);
      Gauge gauge = new Gauge(descriptions.get(0), 1.5);
      Gauge bounded = new Gauge(descriptions.get(1), 1);
      Counter rate = new Counter(descriptions.get(2));
      Counter amount = new Counter(descriptions.get(3));
      Counter idle = new Counter(descriptions.get(4));
      Sampled level = new Sampled(descriptions.get(5), now -> read[0]);
      Sampled total = new Sampled(descriptions.get(6), now -> read[1] * (now * 1e-9));
      for (var source : List.of(gauge, bounded, rate, amount, idle, level, total)) {
        all.add(source);
        sources.add(source);
      }
      simulator.schedule(
          new Event() {
            @Override
            protected void fire() {
              long now = simulator.nowNanos();
              switch (random.nextInt(8)) {
                case 0 -> gauge.set(random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian());
                case 1 -> bounded.set(random.nextDouble() * 4);
                case 2 -> rate.setRate(now, random.nextInt(1000));
                case 3 -> amount.setRate(now, random.nextInt(100));
                case 4 -> amount.add(random.nextInt(100));
                case 5 -> idle.setRate(now, random.nextInt(2));
                case 6 -> read[0] = random.nextDouble();
                default -> read[1] += random.nextInt(3);
              }
              // Never at a sampling instant: there the library's reading and the change race.
              long pause = random.nextInt(10) == 0 ? 4000 : 7;
              long next = now + 1 + (long) (random.nextDouble() * pause * SECOND);
              simulator.schedule(this, next % (5 * SECOND) == 0 ? next + 1 : next);
            }
          },
          SECOND / 7);
    }

    double value(int source, long now) {
      return all.get(source).value(now);
    }
  }
}
