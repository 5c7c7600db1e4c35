// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Latencies over the run and over time. */
class LatencyRecorderTest {
  private static final long SECOND = 1_000_000_000L;

  @Property(tries = 500)
  void aBucketHoldsItsValueWithinThreePerCentOfItsMiddle(
      @ForAll @LongRange(min = 8192, max = 137_000_000_000L) long nanos) {
    int bucket = LatencyHeat.bucketOf(nanos);
    long low = LatencyHeat.lowestNanos(bucket);
    long high = LatencyHeat.lowestNanos(bucket + 1);
    assertThat(nanos).isBetween(low, high - 1);
    assertThat((low + high) / 2.0).isCloseTo((double) nanos, within(nanos * 0.0313));
  }

  @Test
  void shortAndLongValuesHaveBucketsOfTheirOwn() {
    assertThat(LatencyHeat.bucketOf(0)).isZero();
    assertThat(LatencyHeat.bucketOf(200 * SECOND)).isEqualTo(LatencyHeat.BUCKETS);
  }

  @Test
  void givesPercentilesOverTimeAndOverTheRun() {
    LatencyRecorder recorder = new LatencyRecorder(100 * SECOND, 5 * SECOND);
    for (int i = 1; i <= 100; i++) {
      recorder.record(2 * SECOND, i * 1_000_000L);
    }
    recorder.record(52 * SECOND, 500_000_000L);
    Latency latency = recorder.latency("Response time", "workload.response_time");
    assertThat(latency.seconds(50)).isCloseTo(0.051, within(0.0002));
    Columns p50 = latency.heat().percentile(50);
    assertThat((double) p50.mean(0)).isCloseTo(0.050, within(0.0016));
    assertThat(p50.mean(1)).isNaN();
    assertThat((double) p50.mean(10)).isCloseTo(0.5, within(0.016));
  }

  @Test
  void mergesColumnsWhenTheRunLastsLongerThanExpected() {
    LatencyRecorder recorder = new LatencyRecorder(100 * SECOND, 5 * SECOND);
    for (long at = 0; at < 10_000; at += 10) {
      recorder.record(at * SECOND, 1_000_000);
    }
    LatencyHeat heat = recorder.latency("", "").heat();
    assertThat(heat.columns()).isLessThanOrEqualTo(240);
    long total = 0;
    for (int column = 0; column < heat.columns(); column++) {
      total += heat.count(column, LatencyHeat.bucketOf(1_000_000));
    }
    assertThat(total).isEqualTo(1000);
    assertThat(recorder.count()).isEqualTo(1000);
  }
}
