// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.data.Sampled;

/** From data sources to courses of values. */
class SeriesRecorderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 5 * SECOND;
  private static final Owner HOST = new Owner(Owner.Kind.HOST, "uuid", "host-1");

  private final Simulator simulator = new Simulator();
  private final DataSources sources = new DataSources();
  private final List<String> told = new ArrayList<>();
  private final SeriesRecorder recorder =
      new SeriesRecorder(
          simulator,
          STEP,
          description ->
              description.enabled()
                  ? (from, to, value) ->
                      told.add((double) from / SECOND + ".." + (double) to / SECOND + " " + value)
                  : null);

  private static Description description(Description.Type type, boolean inverse, boolean enabled) {
    return new Description(
        HOST,
        "name",
        "",
        "",
        type,
        false,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        inverse,
        enabled);
  }

  private void at(long seconds, Runnable action) {
    Event event =
        new Event() {
          @Override
          protected void fire() {
            action.run();
          }
        };
    simulator.schedule(event, seconds * SECOND);
  }

  private void runFor(long seconds) {
    simulator.runUntil(seconds * SECOND);
    recorder.finish();
  }

  @Test
  void aGaugeHoldsItsLevelBetweenChanges() {
    sources.subscribe(recorder);
    Gauge gauge = sources.add(new Gauge(description(Description.Type.GAUGE, false, true), 1));
    at(7, () -> gauge.set(4));
    at(9, () -> gauge.set(4));
    runFor(20);
    assertThat(told).containsExactly("0.0..7.0 1.0", "7.0..20.0 4.0");
  }

  @Test
  void aTotalIsAMeanRatePerStepAndAQuietStretchIsOne() {
    sources.subscribe(recorder);
    Counter counter = sources.add(new Counter(description(Description.Type.DERIVE, false, true)));
    at(1, () -> counter.add(10));
    at(3, () -> counter.add(10));
    at(40, () -> counter.setRate(40 * SECOND, 2));
    at(42, () -> counter.setRate(42 * SECOND, 0));
    runFor(60);
    assertThat(told)
        .containsExactly("0.0..5.0 4.0", "5.0..40.0 0.0", "40.0..45.0 0.8", "45.0..60.0 0.0");
  }

  @Test
  void aSampledTotalIsReadOncePerStep() {
    sources.subscribe(recorder);
    sources.add(
        new Sampled(
            description(Description.Type.DERIVE, false, true), now -> now / (double) SECOND * 3));
    runFor(12);
    assertThat(told).containsExactly("0.0..5.0 3.0", "5.0..10.0 3.0", "10.0..12.0 3.0");
  }

  @Test
  void anInverseSourceIsTurnedRound() {
    sources.subscribe(recorder);
    sources.add(new Gauge(description(Description.Type.GAUGE, true, true), 0.75));
    runFor(5);
    assertThat(told).containsExactly("0.0..5.0 0.25");
  }

  @Test
  void whatIsNotChosenIsNotListenedTo() {
    sources.subscribe(recorder);
    Gauge gauge = sources.add(new Gauge(description(Description.Type.GAUGE, false, false), 1));
    at(2, () -> gauge.set(2));
    runFor(5);
    assertThat(told).isEmpty();
  }

  @Test
  void aSeriesEndsWithItsOwner() {
    sources.subscribe(recorder);
    sources.add(new Gauge(description(Description.Type.GAUGE, false, true), 1));
    at(3, () -> sources.remove(HOST));
    runFor(10);
    assertThat(told).containsExactly("0.0..3.0 1.0");
  }

  @Test
  void listensBesideAnotherListener() {
    Gauge gauge = new Gauge(description(Description.Type.GAUGE, false, true), 1);
    List<Double> other = new ArrayList<>();
    gauge.listen(source -> other.add(source.value(0)));
    sources.add(gauge);
    sources.subscribe(recorder);
    at(3, () -> gauge.set(2));
    runFor(5);
    assertThat(other).containsExactly(1.0);
    assertThat(told).containsExactly("0.0..3.0 1.0", "3.0..5.0 2.0");
  }
}
